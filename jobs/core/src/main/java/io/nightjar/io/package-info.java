/**
 * Hashes of files and of bytes in memory, by which weights, images and stored banks are identified.
 */
package io.nightjar.io;
