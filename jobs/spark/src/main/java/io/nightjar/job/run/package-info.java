/**
 * What every run has in common: categories that run concurrently, progress and stages on Spark's
 * pages, quarantined files, hashes of the data, and the record of the run.
 */
package io.nightjar.job.run;
