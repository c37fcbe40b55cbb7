package io.nightjar.io;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads whole files of other programs and people, none of which is larger than it may be. */
public final class BoundedFiles {
  /** For documents and tables, which hold a few hundred bytes for each image. */
  public static final long DOCUMENT_BYTES = 256L << 20;

  private static final Pattern REPLACED = Pattern.compile("Status Code: 412\\b");

  private static final int ATTEMPTS = 6;
  private static final long PAUSE_MILLIS = 5;

  private BoundedFiles() {}

  /**
   * The content of a file, as it is at one moment. S3A opens a file with one request and reads it
   * with another, and fails if the file was replaced in between, as claims and states of running
   * commands are; it is opened again then.
   *
   * @param most bytes that it may have, below 2 GiB
   * @throws IOException if it is larger, absent or cannot be read
   */
  public static byte[] read(FileSystem files, Path path, long most) throws IOException {
    long pauseMillis = PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return once(files, path, most);
      } catch (IOException e) {
        if (!ChangedObject.isBehind(e, REPLACED) || attempt == ATTEMPTS) {
          throw e;
        }
      }
      pause(pauseMillis, path);
      pauseMillis *= 2;
    }
  }

  private static void pause(long millis, Path path) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(Text.format("Reading %s was interrupted.", path));
    }
  }

  private static byte[] once(FileSystem files, Path path, long most) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return content(in, most);
    }
  }

  static byte[] content(InputStream in, long most) throws IOException {
    // Its length as it seems now is where to put it, and not what to believe.
    byte[] content = new byte[Math.toIntExact(Math.min(most, Math.max(0, in.available())))];
    int length = in.readNBytes(content, 0, content.length);
    // One byte more than allowed.
    byte[] rest =
        length < content.length
            ? new byte[0]
            : in.readNBytes(Math.toIntExact(most + 1 - content.length));
    if ((long) length + rest.length > most) {
      throw new IOException(
          Text.format("the file has more than the %d bytes that such a file may have", most));
    }
    return rest.length == 0 && length == content.length ? content : joined(content, length, rest);
  }

  private static byte[] joined(byte[] first, int length, byte[] rest) {
    byte[] all = Arrays.copyOf(first, length + rest.length);
    System.arraycopy(rest, 0, all, length, rest.length);
    return all;
  }
}
