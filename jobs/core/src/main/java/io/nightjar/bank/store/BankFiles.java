package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.Sha256;
import io.nightjar.io.StorageException;
import io.nightjar.io.StorageRetry;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one bank's folder, each read and written as a whole. */
final class BankFiles {
  private static final Logger LOG = LoggerFactory.getLogger(BankFiles.class);
  static final String MANIFEST = "bank.json";

  /** Of a file of rows: those of one image at least, and of several up to 32 MiB. */
  private static final long MOST_BYTES = 1L << 30;

  private final FileSystem fileSystem;
  private final Path folder;
  private final StorageRetry retry;

  private BankFiles(FileSystem fileSystem, Path folder, StorageRetry retry) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.retry = retry;
  }

  /**
   * Opens a folder, which need not exist.
   *
   * @throws InvalidInputException if its file system is not known or cannot be reached
   */
  static BankFiles of(String uri, Configuration configuration) {
    try {
      Path path = new Path(uri);
      // Every file of a bank has its SHA-256; the local file system's own checksum files would only
      // be clutter.
      FileSystem plain = PlainFiles.of(path, configuration);
      return new BankFiles(plain, plain.makeQualified(path), StorageRetry.of(configuration));
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The bank's folder %s cannot be used: %s", uri, e);
    }
  }

  static String version(int number) {
    return "versions/" + number + ".json";
  }

  /** The folder as a qualified URI. */
  String uri() {
    return folder.toString();
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** For what is asked of the folder's storage. */
  StorageRetry retry() {
    return retry;
  }

  Path path(String name) {
    return HadoopPaths.child(folder, name);
  }

  /**
   * The content of a document of the bank; empty where there is no such file.
   *
   * @throws StorageException if the storage does not answer
   */
  Optional<byte[]> find(String name) {
    return find(name, BoundedFiles.DOCUMENT_BYTES);
  }

  private Optional<byte[]> find(String name, long most) {
    Path file = path(name);
    try {
      return Optional.of(
          retry.call("read", file.toString(), () -> BoundedFiles.read(fileSystem, file, most)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * The content of a file that a manifest names.
   *
   * @throws InvalidInputException if it is missing or was changed
   */
  byte[] readVerified(String name, String sha256) {
    byte[] bytes = find(name, MOST_BYTES).orElseThrow(() -> missing(name));
    String found = Sha256.of(bytes);
    if (!found.equals(sha256)) {
      throw new InvalidInputException(
          Text.format(
                  "The bank's file %s was changed: its SHA-256 is %s, but the manifest says %s. Restore it,",
                  path(name), found, sha256)
              + " or build the bank again.");
    }
    return bytes;
  }

  /** The length in bytes of each file in a folder, by its name as a manifest has it. */
  Map<String, Long> lengths(String name) {
    Map<String, Long> lengths = new HashMap<>();
    try {
      for (FileStatus status : statuses(path(name))) {
        lengths.put(name + "/" + status.getPath().getName(), status.getLen());
      }
      return lengths;
    } catch (FileNotFoundException e) {
      return lengths;
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** The names of the folders below this one, sorted; none where there is no such folder. */
  List<String> folders() {
    try {
      return Arrays.stream(statuses(folder))
          .filter(FileStatus::isDirectory)
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw PlaceFault.refused("The folder %s cannot be listed: %s", folder, e);
    }
  }

  private FileStatus[] statuses(Path of) throws IOException {
    return retry.call("listed", of.toString(), () -> fileSystem.listStatus(of));
  }

  InvalidInputException missing(String name) {
    return new InvalidInputException(
        Text.format(
            "The bank's file %s is missing; restore it, or build the bank again.", path(name)));
  }

  /**
   * Writes a file that no manifest names yet.
   *
   * @throws StorageException if the storage does not answer
   */
  void write(String name, byte[] content) {
    Path file = path(name);
    try {
      retry.call(
          "written",
          file.toString(),
          () -> {
            // The name is this writer's own; an attempt that failed may have left a part of it.
            try (FSDataOutputStream out = fileSystem.create(file, true)) {
              out.write(content);
            }
            return file;
          });
    } catch (StorageException e) {
      removePart(file);
      throw e;
    } catch (IOException e) {
      removePart(file);
      throw new UncheckedIOException(
          Text.format(
              "The bank's file %s cannot be written: %s",
              path(name), PlaceFault.of(path(name).toString(), e).sentences()),
          e);
    }
  }

  /** What no manifest names harms no one, but a full disk has no room for it. */
  private void removePart(Path file) {
    try {
      fileSystem.delete(file, false);
    } catch (IOException e) {
      LOG.warn("What was written of {} cannot be removed", file, e);
    }
  }

  private InvalidInputException unreadable(String name, IOException e) {
    return PlaceFault.refused("The bank's file %s cannot be read: %s", path(name), e);
  }
}
