package io.nightjar.io;

import java.util.Set;
import org.apache.hadoop.fs.FileSystem;

/** Which file systems are object stores: a file becomes visible on close, a rename is a copy. */
public final class ObjectStores {
  private static final Set<String> SCHEMES =
      Set.of(
          "s3a", "s3", "s3n", "gs", "wasb", "wasbs", "abfs", "abfss", "oss", "cosn", "obs",
          "swift");

  private ObjectStores() {}

  /** Whether a file system is one. */
  public static boolean isOne(FileSystem files) {
    return isScheme(files.getUri().getScheme());
  }

  /** Whether a URI's scheme, which may be null, is that of one. */
  public static boolean isScheme(String scheme) {
    return scheme != null && SCHEMES.contains(scheme);
  }
}
