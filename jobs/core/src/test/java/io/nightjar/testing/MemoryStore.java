package io.nightjar.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An object store in memory, as the scheme {@code gs}: an object appears when its upload ends.
 * Buckets differ in what they do: {@code conditional} refuses the later of two uploads that begin
 * by Hadoop's option for it, {@code ignoring} has the option and takes both, {@code lost} takes one
 * and says that it was refused, as a client does that repeats it. The others do not have the
 * option: {@code last-wins} takes both, {@code careless} creates what exists, {@code hanging} never
 * answers an upload, {@code silent} never answers at all, {@code denying} takes nothing, {@code
 * fast} has a clock that is an hour ahead, {@code stale} lists nothing that is new.
 */
public final class MemoryStore extends FileSystem {
  /** Of Hadoop from 3.4.2 on. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private static final String UNCHANGED = CONDITIONAL + ".etag";

  /** What is done once before an object is uploaded, by the end of its location. */
  private static final Map<String, Runnable> BEFORE = new ConcurrentHashMap<>();

  /** The same after it. */
  private static final Map<String, Runnable> AFTER = new ConcurrentHashMap<>();

  /** Objects and when they were written. */
  private static final NavigableMap<String, Map.Entry<byte[], Long>> OBJECTS =
      new ConcurrentSkipListMap<>();

  private URI uri;

  /** Names it as the file system of its scheme. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.gs.impl", MemoryStore.class.getName());
    return configuration;
  }

  /** Writes an object. */
  public static void put(String location, byte[] content) {
    OBJECTS.put(location, Map.entry(content, System.currentTimeMillis()));
  }

  /** Does something once, before the next upload of an object whose location ends so. */
  public static void beforeUpload(String end, Runnable action) {
    BEFORE.put(end, action);
  }

  /** Does something once, after the next upload of an object whose location ends so. */
  public static void afterUpload(String end, Runnable action) {
    AFTER.put(end, action);
  }

  /** Removes an object. */
  public static void remove(String location) {
    OBJECTS.remove(location);
  }

  /** The locations of a bucket's objects. */
  public static List<String> objects(String bucket) {
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
    return upload(path, present -> false);
  }

  @Override
  public boolean hasPathCapability(Path path, String capability) throws IOException {
    boolean isCondition = capability.equals(CONDITIONAL) || capability.equals(UNCHANGED);
    return isCondition
        ? is("conditional") || is("ignoring") || is("lost")
        : super.hasPathCapability(path, capability);
  }

  @Override
  public ConditionalUpload createFile(Path path) {
    return new ConditionalUpload(path);
  }

  /** An upload whose client does not look beforehand. */
  private final class ConditionalUpload
      extends FSDataOutputStreamBuilder<FSDataOutputStream, ConditionalUpload> {
    ConditionalUpload(Path path) {
      super(MemoryStore.this, path);
    }

    @Override
    public ConditionalUpload getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      if (!hasPathCapability(getPath(), CONDITIONAL)) {
        rejectUnknownMandatoryKeys(Set.of(), "for " + getPath());
      }
      String tag = getOptions().get(UNCHANGED, "");
      return upload(
          getPath(),
          present ->
              !is("ignoring")
                  && (getOptions().getBoolean(CONDITIONAL, false)
                      ? present != null
                      : !tag.isEmpty() && !tag.equals(present == null ? "" : tag(present))));
    }
  }

  private static String tag(Map.Entry<byte[], Long> object) {
    return Arrays.hashCode(object.getKey()) + "-" + object.getValue();
  }

  private FSDataOutputStream upload(Path path, Predicate<Map.Entry<byte[], Long>> refuses)
      throws IOException {
    return new FSDataOutputStream(
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() throws IOException {
            if (closed) {
              return;
            }
            closed = true;
            runOnce(BEFORE, path);
            boolean isRefused;
            synchronized (OBJECTS) {
              isRefused = refuses.test(OBJECTS.get(key(path)));
              if (!isRefused) {
                OBJECTS.put(key(path), Map.entry(toByteArray(), now()));
              }
            }
            runOnce(AFTER, path);
            if (isRefused || is("lost")) {
              throw new IOException("PUT: null (Service: S3, Status Code: 412, Request ID: null)");
            }
          }
        },
        null);
  }

  private void runOnce(Map<String, Runnable> actions, Path path) {
    actions.keySet().stream()
        .filter(key(path)::endsWith)
        .map(actions::remove)
        .forEach(Runnable::run);
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
      return new TaggedStatus(found, path);
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
        .map(entry -> (FileStatus) new TaggedStatus(entry.getValue(), new Path(entry.getKey())))
        .toArray(FileStatus[]::new);
  }

  private static final class TaggedStatus extends FileStatus implements EtagSource {
    private static final long serialVersionUID = 1L;

    private final String tag;

    TaggedStatus(Map.Entry<byte[], Long> object, Path path) {
      super(object.getKey().length, false, 1, 1, object.getValue(), path);
      tag = tag(object);
    }

    @Override
    public String getEtag() {
      return tag;
    }
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    return OBJECTS.remove(key(path)) != null;
  }

  @Override
  public boolean rename(Path from, Path to) {
    Map.Entry<byte[], Long> moved = OBJECTS.remove(key(from));
    if (moved == null) {
      return false;
    }
    OBJECTS.put(key(to), moved);
    return true;
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
