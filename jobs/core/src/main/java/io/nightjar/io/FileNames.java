package io.nightjar.io;

import java.nio.charset.Charset;

/** Names of local files as this process can express them, which its locale decides. */
public final class FileNames {
  private FileNames() {}

  /** The name of the encoding of local file names, such as {@code ANSI_X3.4-1968} for ASCII. */
  public static String encoding() {
    return System.getProperty("sun.jnu.encoding", "unknown");
  }

  /** Whether the encoding can express a path; without that, its file is absent for this process. */
  public static boolean isExpressible(String path) {
    String encoding = encoding();
    return !Charset.isSupported(encoding) || Charset.forName(encoding).newEncoder().canEncode(path);
  }
}
