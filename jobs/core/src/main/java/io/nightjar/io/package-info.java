/**
 * Files of any Hadoop file system, below everything that reads or writes them: hashes, small files
 * that are replaced atomically, and whether places overlap.
 */
package io.nightjar.io;
