package io.nightjar.doctor.storage;

import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.PlainFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A folder that is probed.
 *
 * @param files its file system
 * @param asked for, qualified
 * @param existing the folder itself or, where it is absent, the one above it; empty where that is
 *     absent too
 * @param isFile whether it is a file
 */
record ProbeFolder(FileSystem files, Path asked, Optional<Path> existing, boolean isFile) {
  private static final int MOST_ENTRIES = 1000;
  private static final int MOST_DEPTH = 8;
  private static final int MOST_BYTES = 64 << 10;

  /**
   * What is in a folder.
   *
   * @param entries that were listed, at most {@value #MOST_ENTRIES}
   * @param isWhole whether there are no more
   * @param file one that has content, in it or below its first folder
   */
  record Listing(int entries, boolean isWhole, Optional<Path> file) {}

  /** Asks the storage for the folder. */
  static ProbeFolder find(String uri, Configuration configuration) throws IOException {
    Path path = HadoopPaths.parse(uri);
    FileSystem files = PlainFiles.of(path, configuration);
    Path asked = files.makeQualified(path);
    Optional<FileStatus> status = status(files, asked);
    if (status.isPresent()) {
      return new ProbeFolder(files, asked, Optional.of(asked), status.get().isFile());
    }
    Path above = asked.getParent();
    // An object store has no folders, only names: any above will do, and the bucket is always
    // there.
    while (ObjectStores.isOne(files) && above != null && status(files, above).isEmpty()) {
      above = above.getParent();
    }
    boolean exists =
        above != null && status(files, above).filter(FileStatus::isDirectory).isPresent();
    return new ProbeFolder(files, asked, exists ? Optional.of(above) : Optional.empty(), false);
  }

  private static Optional<FileStatus> status(FileSystem files, Path path) throws IOException {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      // S3A says of a bucket that is not there that it is a file that is not there.
      if (path.isRoot() && ObjectStores.isOne(files)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether it is there itself. */
  boolean exists() {
    return existing.filter(asked::equals).isPresent();
  }

  /** Lists the first entries. */
  Listing list() throws IOException {
    RemoteIterator<FileStatus> statuses = files.listStatusIterator(existing.orElseThrow());
    int entries = 0;
    Optional<Path> file = Optional.empty();
    Optional<Path> folder = Optional.empty();
    while (entries < MOST_ENTRIES && statuses.hasNext()) {
      FileStatus status = statuses.next();
      entries++;
      if (file.isEmpty() && status.isFile() && status.getLen() > 0) {
        file = Optional.of(status.getPath());
      }
      if (folder.isEmpty() && status.isDirectory()) {
        folder = Optional.of(status.getPath());
      }
    }
    boolean isWhole = !statuses.hasNext();
    // The folder of a data set often holds nothing but folders.
    for (int depth = 0; file.isEmpty() && folder.isPresent() && depth < MOST_DEPTH; depth++) {
      FileStatus[] below = files.listStatus(folder.get());
      file =
          Arrays.stream(below)
              .filter(status -> status.isFile() && status.getLen() > 0)
              .map(FileStatus::getPath)
              .findFirst();
      folder =
          Arrays.stream(below)
              .filter(FileStatus::isDirectory)
              .map(FileStatus::getPath)
              .sorted()
              .findFirst();
    }
    return new Listing(entries, isWhole, file);
  }

  /** Whether a listing has a name; object stores and HDFS list by name, and ours are early. */
  boolean lists(String name) throws IOException {
    RemoteIterator<FileStatus> statuses = files.listStatusIterator(existing.orElseThrow());
    while (statuses.hasNext()) {
      if (statuses.next().getPath().getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Reads the beginning of a file; gives the number of bytes. */
  int read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readNBytes(MOST_BYTES).length;
    }
  }

  /** Reads a probe as a whole. */
  byte[] readWhole(Path probe) throws IOException {
    return BoundedFiles.read(files, probe, MOST_BYTES);
  }

  /** A new name for a probe. */
  Path probe(String name) {
    return HadoopPaths.child(existing.orElseThrow(), StorageProbe.PREFIX + name);
  }

  boolean isObjectStore() {
    return ObjectStores.isOne(files);
  }
}
