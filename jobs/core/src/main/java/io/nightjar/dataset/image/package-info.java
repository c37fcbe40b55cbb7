/**
 * Images in memory: reading files from any Hadoop file system, resizing bit for bit as Pillow does,
 * and the exception for a file that must be quarantined.
 */
package io.nightjar.dataset.image;
