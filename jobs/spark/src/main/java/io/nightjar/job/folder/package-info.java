/**
 * The folder of a run's results: claimed for as long as the run writes, filled aside, and shown
 * whole; nothing in it is replaced but what the manifest of a run names.
 */
package io.nightjar.job.folder;
