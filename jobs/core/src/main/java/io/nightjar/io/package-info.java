/**
 * Files of any Hadoop file system, below everything that reads or writes them: hashes, small files
 * that are replaced atomically, whether places overlap, names that lead out of no folder, the
 * border around decoders, folders of the process and of the user, the half-precision numbers that
 * files hold, and the local file system as Hadoop sees it.
 */
package io.nightjar.io;
