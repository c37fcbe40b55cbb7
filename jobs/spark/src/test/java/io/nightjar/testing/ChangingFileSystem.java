package io.nightjar.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk under the scheme {@code changing}, on which files change or vanish for good right
 * before they are opened for the n-th time, as they do where something else writes to them.
 */
public final class ChangingFileSystem extends RawLocalFileSystem {
  private static final Map<String, Change> CHANGES = new ConcurrentHashMap<>();

  private static final class Change {
    private final int at;
    private final byte[] content;
    private final AtomicInteger opened = new AtomicInteger();

    Change(int at, byte[] content) {
      this.at = at;
      this.content = content;
    }

    void apply(java.nio.file.Path file) throws IOException {
      if (opened.incrementAndGet() == at) {
        if (content.length == 0) {
          Files.delete(file);
        } else {
          Files.write(file, content);
        }
      }
    }
  }

  /** The settings of a Spark session that knows the scheme. */
  public static Map<String, String> properties() {
    return Map.of("spark.hadoop.fs.changing.impl", ChangingFileSystem.class.getName());
  }

  /** A local path as this file system names it. */
  public static String uri(java.nio.file.Path path) {
    return "changing:" + path;
  }

  /** Forgets all changes. */
  public static void reset() {
    CHANGES.clear();
  }

  /** Gives a file another content right before it is opened for the n-th time from now on. */
  public static void change(java.nio.file.Path file, int opening, byte[] content) {
    CHANGES.put(file.toString(), new Change(opening, content.clone()));
  }

  /** Deletes a file right before it is opened for the n-th time from now on. */
  public static void vanish(java.nio.file.Path file, int opening) {
    change(file, opening, new byte[0]);
  }

  @Override
  public URI getUri() {
    return URI.create("changing:///");
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(URI.create("changing:///"), conf);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    apply(path);
    return super.open(path, bufferSize);
  }

  private static void apply(Path path) throws IOException {
    Change change = CHANGES.get(path.toUri().getPath());
    if (change != null) {
      change.apply(java.nio.file.Path.of(path.toUri().getPath()));
    }
  }
}
