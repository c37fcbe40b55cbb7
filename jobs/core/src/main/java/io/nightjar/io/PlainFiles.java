package io.nightjar.io;

import io.nightjar.text.Text;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files as they are, without the checksum files that Hadoop keeps next to local ones. */
public final class PlainFiles {
  /** Of a missing class Hadoop says more than its name. */
  private static final Pattern MISSING = Pattern.compile("^Class (\\S+) not found$");

  private PlainFiles() {}

  /**
   * The file system of a path.
   *
   * @throws IOException if it cannot be reached, or its library is not on the class path
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    try {
      return of(path.getFileSystem(configuration));
    } catch (RuntimeException | LinkageError e) { // Hadoop wraps a missing class in either
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
          Matcher hadoop = MISSING.matcher(String.valueOf(cause.getMessage()));
          throw new IOException(
              Text.format(
                  "its file system needs %s, which is not on the class path",
                  hadoop.replaceFirst("$1").replace('/', '.')),
              e);
        }
      }
      throw e;
    }
  }

  /**
   * The same file system without checksum files. With them, a file whose name holds a colon cannot
   * be opened, and a {@code .crc} file that was left over makes a good file unreadable.
   */
  public static FileSystem of(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
