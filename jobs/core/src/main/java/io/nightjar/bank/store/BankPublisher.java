package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.StorageException;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a new version of a bank atomically: when every file that the manifest names is written,
 * the manifest replaces {@code bank.json} in one atomic step. Until then, and after a failure at
 * any point, readers see the version before.
 *
 * <p>A version is published only on top of the one that it was built from; of two writers with one
 * parent the second is refused. A lock file, held during publication only, excludes other writers
 * where creation is exclusive, as on object stores that refuse the second of two uploads; others
 * leave a window of a few milliseconds between the check for the lock and its creation.
 */
public final class BankPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(BankPublisher.class);

  static final String LOCK = "publishing.lock";

  /**
   * A lock is held while two small files are written; one this old was left by a writer that died.
   */
  static final Duration STALE = Duration.ofMinutes(5);

  private final BankFiles files;
  private final AtomicFiles atomic;

  /**
   * @param bank the bank's folder
   */
  public BankPublisher(String bank, Configuration configuration) {
    this.files = BankFiles.of(bank, configuration);
    this.atomic = AtomicFiles.of(files.fileSystem(), configuration);
  }

  /** The version that {@code bank.json} shows now; empty where there is no bank yet. */
  public OptionalInt currentVersion() {
    Optional<byte[]> manifest = files.find(BankFiles.MANIFEST);
    return manifest.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            BankManifestJson.read(manifest.get(), files.path(BankFiles.MANIFEST).toString())
                .version());
  }

  /**
   * Checks that the folder can be written, before hours of work are spent.
   *
   * @throws InvalidInputException if it cannot
   */
  public void requireWritable() {
    Path path = files.path(".requireWritable." + UUID.randomUUID());
    try {
      atomic.create(path, new byte[0]);
      files.fileSystem().delete(path, false);
    } catch (IOException e) {
      throw PlaceFault.refused("The bank's folder %s cannot be written: %s", files.uri(), e);
    }
  }

  /**
   * Publishes a version whose files are all written.
   *
   * @param next follows its parent, which must be the current version
   * @throws InvalidInputException if another version was published since, or is being published
   * @throws StorageException if the storage does not answer, or does not keep what was written
   */
  public void publish(BankManifest next) {
    byte[] json = BankManifestJson.write(next);
    lock(next);
    try {
      Optional<String> tag = atomic.tag(files.path(BankFiles.MANIFEST));
      OptionalInt current = currentVersion();
      if (!current.equals(next.parent())) {
        throw changed(next, current);
      }
      // A writer that died before its publication may have left a manifest of this number.
      write(BankFiles.version(next.version()), json, path -> atomic.replace(path, json));
      write(BankFiles.MANIFEST, json, path -> atomic.replaceUnchanged(path, tag, json));
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      // The lock of a writer that is held up is broken; the storage still knows what it has.
      restore(next.version());
      throw changed(next, currentVersion());
    } catch (IOException e) {
      throw failed(e);
    } finally {
      unlock();
    }
  }

  private InvalidInputException changed(BankManifest next, OptionalInt current) {
    return new InvalidInputException(
        Text.format(
                "The bank %s was changed meanwhile: it has %s, but this version was built from %s.",
                files.uri(), name(current), name(next.parent()))
            + " Nothing was published; start again from the current version.");
  }

  /**
   * Puts the manifest of the version that is published back to where this writer's took its place.
   */
  private void restore(int version) {
    if (!currentVersion().equals(OptionalInt.of(version))) {
      return;
    }
    Optional<byte[]> published = files.find(BankFiles.MANIFEST);
    try {
      atomic.replace(files.path(BankFiles.version(version)), published.orElseThrow());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private interface Replacement {
    void at(Path path) throws IOException;
  }

  /**
   * Replaces a file and reads it back: a store may report a success, or a failure, that is none.
   */
  private void write(String name, byte[] json, Replacement replacement) throws IOException {
    Path path = files.path(name);
    try {
      files
          .retry()
          .call(
              "written",
              path.toString(),
              () -> {
                replacement.at(path);
                return path;
              });
    } catch (StorageException e) {
      if (!holds(name, json)) {
        throw e;
      }
      LOG.warn("{} was written although the storage said otherwise: {}", path, e.getMessage());
      return;
    }
    if (!holds(name, json)) {
      throw new StorageException(
          Text.format(
              "The file %s of the bank %s was written, but does not read back as it was written; the"
                  + " version is not to be trusted. Check the storage, and build it again.",
              name, files.uri()));
    }
  }

  private boolean holds(String name, byte[] json) {
    return files.find(name).filter(found -> Arrays.equals(found, json)).isPresent();
  }

  private static String name(OptionalInt version) {
    return version.isPresent() ? "version " + version.getAsInt() : "no version";
  }

  private void lock(BankManifest next) {
    Path path = files.path(LOCK);
    byte[] holder =
        Text.format("version %d, %s, %s\n", next.version(), Instant.now(), UUID.randomUUID())
            .getBytes(StandardCharsets.UTF_8);
    try {
      breakStale(path);
      atomic.create(path, holder);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException
        | java.nio.file.FileAlreadyExistsException e) {
      throw new InvalidInputException(
          Text.format(
              "Another writer is publishing to the bank %s; start again when it has finished."
                  + " Should it have died, its lock ends in %s: start again then, or remove %s"
                  + " now.",
              files.uri(), Text.counted(minutesLeft(path), "minute", "minutes"), path),
          e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void breakStale(Path path) throws IOException {
    Instant written;
    try {
      // One request: between two, the writer that holds the lock may remove it.
      written = Instant.ofEpochMilli(files.fileSystem().getFileStatus(path).getModificationTime());
    } catch (FileNotFoundException e) {
      return;
    }
    if (written.plus(STALE).isBefore(Instant.now())) {
      LOG.warn("The lock {} of {} was left by a writer that died; it is removed", path, written);
      files.fileSystem().delete(path, false);
    }
  }

  /** Until the lock of a writer that died is broken, rounded up. */
  private long minutesLeft(Path lock) {
    try {
      Instant written =
          Instant.ofEpochMilli(files.fileSystem().getFileStatus(lock).getModificationTime());
      long seconds = Duration.between(Instant.now(), written.plus(STALE)).toSeconds();
      return Math.max(1, (seconds + 59) / 60);
    } catch (IOException e) {
      return STALE.toMinutes();
    }
  }

  private void unlock() {
    try {
      files.fileSystem().delete(files.path(LOCK), false);
    } catch (IOException e) {
      LOG.warn("The lock {} cannot be removed", files.path(LOCK), e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException(
        Text.format(
            "The bank %s cannot be published: %s",
            files.uri(), PlaceFault.of(files.uri(), e).sentences()),
        e);
  }
}
