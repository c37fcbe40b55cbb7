/** How far the scores of one run are from those of another, without any labels. */
package io.nightjar.metric.drift;
