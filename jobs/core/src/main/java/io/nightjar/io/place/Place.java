package io.nightjar.io.place;

import io.nightjar.io.PlainFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Where a file or folder really is: qualified, and with local symbolic links resolved. It need not
 * exist.
 *
 * @param store scheme and authority
 * @param path within the store, without a slash at its end
 * @param local the same on the local file system; empty elsewhere
 */
record Place(String store, String path, Optional<java.nio.file.Path> local) {

  /**
   * Resolves a path or URI.
   *
   * @throws IOException if its file system cannot be reached
   * @throws IllegalArgumentException if it is no path
   */
  static Place of(String uri, Configuration configuration) throws IOException {
    Path given = new Path(uri);
    FileSystem files = PlainFiles.of(given, configuration);
    URI qualified = files.makeQualified(given).toUri();
    String store = qualified.getScheme() + "://" + qualified.getAuthority();
    if (files instanceof RawLocalFileSystem raw) {
      java.nio.file.Path real = real(raw.pathToFile(given).toPath().toAbsolutePath());
      return new Place(store, real.toString(), Optional.of(real));
    }
    return new Place(store, qualified.getPath().replaceFirst("/+$", ""), Optional.empty());
  }

  /** The real path of what exists of it, and the rest as it is. */
  private static java.nio.file.Path real(java.nio.file.Path path) throws IOException {
    java.nio.file.Path existing = path;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing == null
        ? path
        : existing.toRealPath().resolve(existing.relativize(path)).normalize();
  }

  /** Whether another place is this one or below it. */
  boolean contains(Place other) throws IOException {
    if (!store.equals(other.store)) {
      return false;
    }
    if (local.isEmpty()) {
      return other.path.equals(path) || other.path.startsWith(path + "/");
    }
    java.nio.file.Path folder = local.get();
    java.nio.file.Path inner = other.local.orElseThrow();
    if (inner.startsWith(folder)) {
      return true;
    }
    if (!Files.exists(folder)) {
      return false;
    }
    // The same folder may be mounted twice.
    for (java.nio.file.Path above = inner; above != null; above = above.getParent()) {
      if (Files.exists(above) && Files.isSameFile(above, folder)) {
        return true;
      }
    }
    return false;
  }
}
