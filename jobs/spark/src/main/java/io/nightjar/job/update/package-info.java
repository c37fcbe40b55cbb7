/**
 * Updates of stored banks: plans which images are added and which removed, screens new ones, and
 * publishes the next version.
 */
package io.nightjar.job.update;
