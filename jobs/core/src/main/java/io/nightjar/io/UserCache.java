package io.nightjar.io;

import java.nio.file.Path;

/** The user's folder of what can be downloaded or unpacked again. */
public final class UserCache {
  private UserCache() {}

  /** The folder that NIGHTJAR_CACHE names, or {@code ~/.cache/nightjar}; it need not exist. */
  public static Path folder() {
    String named = System.getenv("NIGHTJAR_CACHE");
    return named != null && !named.isBlank()
        ? Path.of(named).toAbsolutePath()
        : Path.of(System.getProperty("user.home"), ".cache", "nightjar");
  }
}
