/** Running actions in Spark's metrics system: how far they are, for the sinks of the cluster. */
package io.nightjar.job.monitor;
