package io.nightjar.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files of any Hadoop file system as they are, without checksum files next to local ones. */
public final class PlainFiles {
  private PlainFiles() {}

  /**
   * The file system of a path.
   *
   * @throws IOException if it cannot be reached
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** A path below a folder, whose names may hold colons. */
  public static Path below(Path folder, String relativePath) {
    return new Path(folder, new Path(null, null, relativePath));
  }
}
