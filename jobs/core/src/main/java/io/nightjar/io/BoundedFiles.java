package io.nightjar.io;

import io.nightjar.text.Text;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads whole files of other programs and people, none of which is larger than it may be. */
public final class BoundedFiles {
  /** For documents and tables, which hold a few hundred bytes for each image. */
  public static final long DOCUMENT_BYTES = 256L << 20;

  private BoundedFiles() {}

  /**
   * The content of a file.
   *
   * @param most bytes that it may have, below 2 GiB
   * @throws IOException if it is larger, absent or cannot be read
   */
  public static byte[] read(FileSystem files, Path path, long most) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      // One byte more than allowed; never the length that a directory claims.
      byte[] content = in.readNBytes(Math.toIntExact(most + 1));
      if (content.length > most) {
        throw new IOException(
            Text.format("the file has more than the %d bytes that such a file may have", most));
      }
      return content;
    }
  }
}
