package io.nightjar.io;

import java.nio.charset.Charset;
import java.text.Normalizer;

/** Names of files: whether this process can express them, and whether two are the same. */
public final class FileNames {
  private FileNames() {}

  /** The name of the encoding of local file names, such as {@code ANSI_X3.4-1968} for ASCII. */
  public static String encoding() {
    return System.getProperty("sun.jnu.encoding", "unknown");
  }

  /**
   * A name in the one way that compares equal: macOS and its archives write an accent as a
   * character of its own, cameras and other systems as a part of its letter.
   */
  public static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Whether the encoding can express a path; without that, its file is absent for this process. */
  public static boolean isExpressible(String path) {
    String encoding = encoding();
    return !Charset.isSupported(encoding) || Charset.forName(encoding).newEncoder().canEncode(path);
  }
}
