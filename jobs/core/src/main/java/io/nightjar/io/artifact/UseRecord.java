package io.nightjar.io.artifact;

import io.nightjar.error.InvalidInputException;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The artefacts that one run took from a store or wrote to it. Records of all runs together are the
 * store's manifest: what none of them names is not the store's to delete. An artefact is entered
 * before it is written, so that no killed run leaves one that no record names.
 */
public final class UseRecord {
  private final ArtifactStore store;
  private final String name = UUID.randomUUID() + ".json";
  private final SortedSet<String> artifacts = new TreeSet<>();

  private record Document(int formatVersion, String used, List<String> artifacts) {}

  /**
   * What a record says.
   *
   * @param used when the run last entered an artefact
   * @param artifacts their paths within the store
   */
  record Uses(String name, Instant used, List<String> artifacts) {}

  private UseRecord(ArtifactStore store) {
    this.store = store;
  }

  /**
   * Begins the record of a run, which shows that the store can be written.
   *
   * @throws InvalidInputException if it cannot
   */
  public static UseRecord begin(ArtifactStore store) {
    store.create();
    UseRecord record = new UseRecord(store);
    try {
      record.write();
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The store %s cannot be written: %s. Name another folder with --reuse, or --reuse none.",
              store.uri(), e.getMessage()),
          e);
    }
    return record;
  }

  /** Enters an artefact. */
  public synchronized void enter(ArtifactStore.Kind kind, ArtifactKey key) throws IOException {
    if (artifacts.add(kind.path(key))) {
      write();
    }
  }

  private void write() throws IOException {
    String json =
        Json.indented(new Document(1, Instant.now().toString(), List.copyOf(artifacts))) + "\n";
    store.write(ArtifactStore.USES + "/" + name, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a record; empty where it is gone, or no record. */
  static Optional<Uses> read(ArtifactStore store, String name) throws IOException {
    Optional<byte[]> content = store.find(ArtifactStore.USES + "/" + name);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      Document read =
          JsonDocument.parse(new String(content.get(), StandardCharsets.UTF_8))
              .requireVersion(1)
              .as(Document.class);
      return Optional.of(new Uses(name, Instant.parse(read.used), read.artifacts));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
