package io.nightjar.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files as they are, without the checksum files that Hadoop keeps next to local ones. */
public final class PlainFiles {
  private PlainFiles() {}

  /**
   * The file system of a path.
   *
   * @throws IOException if it cannot be reached
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    return of(path.getFileSystem(configuration));
  }

  /**
   * The same file system without checksum files. With them, a file whose name holds a colon cannot
   * be opened, and a {@code .crc} file that was left over makes a good file unreadable.
   */
  public static FileSystem of(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
