package io.nightjar.io.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nightjar.error.InvalidInputException;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The artefacts that one run took from a store or wrote to it. Records of all runs together are the
 * store's manifest: what none of them names is not the store's to delete. An artefact is entered
 * before it is written, so that no killed run leaves one that no record names.
 */
public final class UseRecord {
  private static final Logger LOG = LoggerFactory.getLogger(UseRecord.class);

  /** Records that are asked for what a run depended on; others say nothing of it. */
  private static final int LOOKED_AT = 20;

  private static final String PART = "part";

  private final ArtifactStore store;
  private final String name = UUID.randomUUID() + ".json";
  private final SortedSet<String> artifacts = new TreeSet<>();

  private final Map<String, String> madeWith;
  private final String part;

  private record Document(int formatVersion, String used, List<String> artifacts) {}

  private record Written(
      int formatVersion,
      String used,
      List<String> artifacts,
      Map<String, String> madeWith,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String part) {}

  /**
   * What a record says.
   *
   * @param used when the run last entered an artefact
   * @param artifacts their paths within the store
   */
  record Uses(String name, Instant used, List<String> artifacts) {}

  private UseRecord(ArtifactStore store, Map<String, String> madeWith, String part) {
    this.store = store;
    this.madeWith = new TreeMap<>(madeWith);
    this.part = part;
  }

  /**
   * Begins the record of a whole run, which shows that the store can be written.
   *
   * @param madeWith what the run's artefacts depend on besides files, by name
   * @throws InvalidInputException if it cannot
   */
  public static UseRecord begin(ArtifactStore store, Map<String, String> madeWith) {
    return begin(store, madeWith, "");
  }

  /**
   * Begins the record of a run, which shows that the store can be written.
   *
   * @param madeWith what the run's artefacts depend on besides files, by name
   * @param part which one of several evaluations of one action the run is, such as a member of an
   *     ensemble; empty where it is the whole
   * @throws InvalidInputException if it cannot
   */
  public static UseRecord begin(ArtifactStore store, Map<String, String> madeWith, String part) {
    store.create();
    UseRecord record = new UseRecord(store, madeWith, part);
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
  public void enter(ArtifactStore.Kind kind, ArtifactKey key) throws IOException {
    enter(kind, List.of(key));
  }

  /** Enters some artefacts at once. */
  public synchronized void enter(ArtifactStore.Kind kind, Collection<ArtifactKey> keys)
      throws IOException {
    if (artifacts.addAll(keys.stream().map(kind::path).toList())) {
      write();
    }
  }

  private void write() throws IOException {
    String json =
        Json.indented(
                new Written(1, Instant.now().toString(), List.copyOf(artifacts), madeWith, part))
            + "\n";
    store.write(ArtifactStore.USES + "/" + name, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What the run that wrote to the store last, of those that say it, had its artefacts depend on;
   * empty where there was none, or that is not known.
   *
   * @param part of which runs are looked at, as {@link #begin} takes it
   */
  public static Map<String, String> last(ArtifactStore store, String part) {
    try {
      for (String name : store.newestFirst(ArtifactStore.USES).stream().limit(LOOKED_AT).toList()) {
        Map<String, String> madeWith = madeWith(store, name, part);
        if (!madeWith.isEmpty()) {
          return madeWith;
        }
      }
    } catch (IOException e) {
      // It is for a person to know, and nothing depends on it.
      LOG.debug("The records of {} cannot be read", store.uri(), e);
    }
    return Map.of();
  }

  private static Map<String, String> madeWith(ArtifactStore store, String name, String part)
      throws IOException {
    Map<String, String> madeWith = new TreeMap<>();
    try {
      Optional<byte[]> content = store.find(ArtifactStore.USES + "/" + name);
      if (content.isPresent()) {
        JsonDocument record =
            JsonDocument.parse(new String(content.get(), StandardCharsets.UTF_8)).requireVersion(1);
        if (part.equals(record.has(PART) ? record.text(PART) : "")) {
          record
              .child("made_with")
              .values()
              .forEach((key, value) -> madeWith.put(key, String.valueOf(value)));
        }
      }
      return madeWith;
    } catch (IllegalArgumentException e) {
      LOG.debug("The record {} of {} cannot be read", name, store.uri(), e);
      return Map.of();
    }
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
