package io.nightjar.doctor.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An object store in memory, as the scheme {@code gs}: an object appears when its upload ends.
 * Buckets differ in what they do: {@code conditional} refuses the later of two uploads, {@code
 * last-wins} does not, {@code careless} creates what exists, {@code hanging} never answers an
 * upload, {@code silent} never answers at all, {@code denying} takes nothing, {@code fast} has a
 * clock that is an hour ahead, {@code stale} lists nothing that is new.
 */
public final class MemoryStore extends FileSystem {
  /** Objects and when they were written. */
  private static final NavigableMap<String, Map.Entry<byte[], Long>> OBJECTS =
      new ConcurrentSkipListMap<>();

  private URI uri;

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.gs.impl", MemoryStore.class.getName());
    return configuration;
  }

  static void put(String location, byte[] content) {
    OBJECTS.put(location, Map.entry(content, System.currentTimeMillis()));
  }

  static List<String> objects(String bucket) {
    return OBJECTS.keySet().stream().filter(name -> name.startsWith("gs://" + bucket)).toList();
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    uri = URI.create("gs://" + name.getAuthority());
  }

  @Override
  public URI getUri() {
    return uri;
  }

  private boolean is(String bucket) {
    return uri.getAuthority().equals(bucket);
  }

  private String key(Path path) {
    return makeQualified(path).toString();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (is("denying")) {
      throw new AccessDeniedException(key(path), null, "no PUT for this account");
    }
    if (is("hanging")) {
      hang();
    }
    if (!overwrite && !is("careless") && OBJECTS.containsKey(key(path))) {
      throw new FileAlreadyExistsException(key(path));
    }
    return new FSDataOutputStream(
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() throws IOException {
            if (closed) {
              return;
            }
            closed = true;
            if (is("conditional") && !overwrite && OBJECTS.containsKey(key(path))) {
              throw new IOException("412 Precondition Failed");
            }
            OBJECTS.put(key(path), Map.entry(toByteArray(), now()));
          }
        },
        null);
  }

  private long now() {
    return System.currentTimeMillis() + (is("fast") ? 3_600_000 : 0);
  }

  private static void hang() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Map.Entry<byte[], Long> found = OBJECTS.get(key(path));
    if (found == null) {
      throw new FileNotFoundException(key(path));
    }
    ByteArrayInputStream bytes = new ByteArrayInputStream(found.getKey());
    return new FSDataInputStream(
        new FSInputStream() {
          @Override
          public void seek(long position) {
            bytes.reset();
            bytes.skip(position);
          }

          @Override
          public long getPos() {
            return found.getKey().length - (long) bytes.available();
          }

          @Override
          public boolean seekToNewSource(long target) {
            return false;
          }

          @Override
          public int read() {
            return bytes.read();
          }

          @Override
          public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
          }
        });
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (is("silent")) {
      hang();
    }
    Map.Entry<byte[], Long> found = OBJECTS.get(key(path));
    if (found != null) {
      return new FileStatus(found.getKey().length, false, 1, 1, found.getValue(), path);
    }
    String prefix = path.isRoot() ? key(path) : key(path) + "/";
    String next = OBJECTS.ceilingKey(prefix);
    if (path.isRoot() || (next != null && next.startsWith(prefix))) {
      return new FileStatus(0, true, 1, 1, 0, path);
    }
    throw new FileNotFoundException(key(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (is("stale")) {
      return new FileStatus[0];
    }
    String prefix = path.isRoot() ? key(path) : key(path) + "/";
    return OBJECTS.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(
            entry ->
                new FileStatus(
                    entry.getValue().getKey().length,
                    false,
                    1,
                    1,
                    entry.getValue().getValue(),
                    new Path(entry.getKey())))
        .toArray(FileStatus[]::new);
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    return OBJECTS.remove(key(path)) != null;
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("A rename would be a copy.");
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("Objects cannot be appended to.");
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    return true;
  }

  @Override
  public void setWorkingDirectory(Path path) {}

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri + "/");
  }
}
