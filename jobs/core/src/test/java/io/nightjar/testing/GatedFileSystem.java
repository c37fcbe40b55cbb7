package io.nightjar.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code gate}, which keeps a list of what the processes of a
 * cluster open and create, and holds them where a {@link Gate} says so: so a test meets a process
 * at a moment that it knows.
 */
public final class GatedFileSystem extends RawLocalFileSystem {
  /** The Hadoop property of the folder through which the gate and the processes meet. */
  static final String FOLDER = "fs.gate.folder";

  private static final long POLL_MILLIS = 20;

  private java.nio.file.Path folder;

  @Override
  public URI getUri() {
    return URI.create("gate:///");
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(URI.create("gate:///"), conf);
    folder = java.nio.file.Path.of(conf.get(FOLDER));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    pass("open", path);
    return super.open(path, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    pass("create", path);
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
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
    pass("create", path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  private void pass(String verb, Path path) throws IOException {
    String access = verb + " " + path.toUri().getPath();
    long pid = ProcessHandle.current().pid();
    // All rules count it, before one of them holds the process for good.
    List<java.nio.file.Path> holding = new ArrayList<>();
    for (java.nio.file.Path rule : rules()) {
      if (Gate.matches(rule, access) && number(rule) == Gate.number(rule)) {
        holding.add(rule);
      }
    }
    for (java.nio.file.Path rule : holding) {
      hold(rule, pid);
    }
    Files.writeString(
        folder.resolve(Gate.ACCESSES).resolve(Long.toString(pid)),
        access + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<java.nio.file.Path> rules() throws IOException {
    try (Stream<java.nio.file.Path> rules = Files.list(folder.resolve(Gate.RULES))) {
      return rules.sorted().toList();
    }
  }

  /** Counts this access among those of all processes that the rule matches, from 1. */
  private int number(java.nio.file.Path rule) throws IOException {
    for (int number = 1; ; number++) {
      try {
        Files.createFile(folder.resolve(Gate.SEEN).resolve(rule.getFileName() + "." + number));
        return number;
      } catch (FileAlreadyExistsException e) {
        // Another access had this number.
      }
    }
  }

  private void hold(java.nio.file.Path rule, long pid) throws IOException {
    java.nio.file.Path held = folder.resolve(Gate.HELD).resolve(rule.getFileName());
    java.nio.file.Path written =
        Files.writeString(held.resolveSibling(held.getFileName() + "." + pid), Long.toString(pid));
    Files.move(written, held, StandardCopyOption.ATOMIC_MOVE);
    try {
      while (Files.exists(rule)) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("held at the gate").initCause(e);
    } finally {
      try {
        Files.delete(held);
      } catch (NoSuchFileException e) {
        // Another process is held since.
      }
    }
  }
}
