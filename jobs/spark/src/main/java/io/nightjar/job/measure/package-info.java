/**
 * From distances or given maps to counts and metrics: the last step of scoring, and the passes that
 * count pixels.
 */
package io.nightjar.job.measure;
