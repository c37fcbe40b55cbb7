/**
 * Hashes of files and of bytes in memory, by which weights, images and stored banks are identified,
 * the half-precision numbers that files hold, and the local file system as Hadoop sees it.
 */
package io.nightjar.io;
