package io.nightjar.io;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/** Local files as they are, without the checksum files that Hadoop keeps next to those it wrote. */
public final class PlainFiles {
  private PlainFiles() {}

  /**
   * The same file system without checksum files. With them, a file whose name holds a colon cannot
   * be opened, and a {@code .crc} file that was left over makes a good file unreadable.
   */
  public static FileSystem of(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
