/** Connected regions of masks and the per-region overlap curve with the area under it. */
package io.nightjar.metric.region;
