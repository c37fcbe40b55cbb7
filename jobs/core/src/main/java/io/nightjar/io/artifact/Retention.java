package io.nightjar.io.artifact;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which artefacts of a store no run has used for a while, and their deletion. What no record of a
 * run names stays, and so does whatever a path leads to that no artefact has.
 *
 * @param expired artefacts by their paths, with the bytes that each takes
 * @param records of runs that name no other artefacts
 * @param kept number of artefacts that are kept
 */
public record Retention(Map<String, Long> expired, List<String> records, int kept) {

  /**
   * Looks through a store; nothing is deleted.
   *
   * @param since artefacts that were used at that time or later are kept
   * @throws InvalidInputException if there is no store, or it cannot be read
   */
  public static Retention since(ArtifactStore store, Instant since) {
    try {
      if (!store.exists()) {
        throw new InvalidInputException(
            Text.format(
                "There is no store in %s: it has no %s. Name the folder of a run.",
                store.uri(), ArtifactStore.MARK));
      }
      Map<String, Instant> lastUse = new TreeMap<>();
      List<String> records = new ArrayList<>();
      for (String name : store.names(ArtifactStore.USES)) {
        UseRecord.read(store, name)
            .ifPresent(
                uses -> {
                  uses.artifacts().stream()
                      .filter(Retention::isArtifact)
                      .forEach(path -> lastUse.merge(path, uses.used(), Retention::later));
                  if (uses.used().isBefore(since)) {
                    records.add(name);
                  }
                });
      }
      Map<String, Long> expired = new TreeMap<>();
      for (Map.Entry<String, Instant> artifact : lastUse.entrySet()) {
        if (artifact.getValue().isBefore(since)) {
          expired.put(artifact.getKey(), store.bytes(artifact.getKey()));
        }
      }
      return new Retention(expired, records, lastUse.size() - expired.size());
    } catch (IOException e) {
      throw PlaceFault.refused("The store %s cannot be read: %s", store.uri(), e);
    }
  }

  /** What the expired artefacts take, in bytes. */
  public long bytes() {
    return expired.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Deletes the expired artefacts, then the records that name no others.
   *
   * @throws IOException if one cannot be deleted; those after it are kept
   */
  public void apply(ArtifactStore store) throws IOException {
    for (String path : expired.keySet()) {
      store.remove(path);
    }
    for (String name : records) {
      store.remove(ArtifactStore.USES + "/" + name);
    }
  }

  private static boolean isArtifact(String path) {
    return Arrays.stream(ArtifactStore.Kind.values()).anyMatch(kind -> kind.has(path));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
