/** Scores the images that arrive in a folder, for as long as it is watched. */
package io.nightjar.job.watch;
