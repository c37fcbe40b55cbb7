/**
 * Hashes of files and of bytes in memory, by which weights, images and stored banks are identified,
 * and the half-precision numbers that files hold.
 */
package io.nightjar.io;
