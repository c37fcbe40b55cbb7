package io.nightjar.io;

import java.util.regex.Pattern;

/** How the client of an object store says that an object is not the one that it knew. */
final class ChangedObject {
  /** By name: S3A is not needed to build this module. */
  private static final String CHANGED = "org.apache.hadoop.fs.s3a.RemoteFileChangedException";

  private static final int DEEPEST = 32;

  private ChangedObject() {}

  /**
   * Whether this is behind an exception.
   *
   * @param answers of the store that mean it, which S3A of Hadoop 3.5 hands on in its messages
   */
  static boolean isBehind(Throwable failure, Pattern answers) {
    int depth = 0;
    for (Throwable cause = failure;
        cause != null && depth < DEEPEST;
        cause = cause.getCause(), depth++) {
      if (cause.getClass().getName().equals(CHANGED)
          || answers.matcher(String.valueOf(cause.getMessage())).find()) {
        return true;
      }
    }
    return false;
  }
}
