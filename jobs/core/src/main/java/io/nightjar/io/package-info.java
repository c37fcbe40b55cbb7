/**
 * Hashes of files and of bytes in memory, by which weights, images and stored banks are identified,
 * and the local file system as Hadoop sees it.
 */
package io.nightjar.io;
