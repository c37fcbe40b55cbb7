package io.nightjar.job.artifact;

import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The files of an artefact that grows file by file, read concurrently. */
final class Packs {
  /** Files read concurrently: enough for an object store that answers slowly. */
  private static final int READERS = 8;

  private Packs() {}

  /** What a file holds. */
  @FunctionalInterface
  interface Decoder<T> {
    /**
     * Takes it out of the file.
     *
     * @param name of the file within the store, for a message
     */
    T decode(ArtifactFile file, String name) throws DamagedArtifactException;
  }

  /**
   * Reads all files, in the order of their names.
   *
   * @param faults receives a sentence on each file that cannot be used, which is removed
   */
  static <T> List<T> read(
      ArtifactStore store, Kind kind, ArtifactKey key, Decoder<T> decoder, Consumer<String> faults)
      throws IOException {
    List<String> names = store.parts(kind, key);
    List<T> all = new ArrayList<>();
    if (names.isEmpty()) {
      return all;
    }
    ExecutorService readers = Executors.newFixedThreadPool(Math.min(READERS, names.size()));
    try {
      List<Future<T>> reading =
          names.stream()
              .map(
                  name ->
                      readers.submit(
                          () ->
                              decoder.decode(
                                  store.part(kind, key, name), kind.path(key) + "/" + name)))
              .toList();
      for (int i = 0; i < reading.size(); i++) {
        try {
          all.add(reading.get(i).get());
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof DamagedArtifactException)) {
            throw new IOException(e.getCause());
          }
          faults.accept(e.getCause().getMessage());
          store.remove(kind.path(key) + "/" + names.get(i));
        }
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Reading the store was interrupted", e);
    } finally {
      readers.shutdownNow();
    }
  }
}
