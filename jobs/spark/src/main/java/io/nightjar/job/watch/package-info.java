/**
 * Scores the images that arrive in a folder, for as long as it is watched: {@code WatchImages}.
 * Part of the API.
 */
package io.nightjar.job.watch;
