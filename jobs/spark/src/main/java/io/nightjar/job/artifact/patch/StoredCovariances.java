package io.nightjar.job.artifact.patch;

import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.fit.KeptCovariances;
import io.nightjar.job.fit.PatchBlock;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.pca.covariance.PartialCovariance;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Covariances of chunks in a store, a file a chunk.
 *
 * @param folder in which the store is
 * @param chunks by their numbers
 * @param taken receives the numbers of chunks whose covariances were taken
 * @param written receives those of chunks whose covariances were kept
 * @param faults receives why one could not be used or kept
 */
public record StoredCovariances(
    String folder,
    HashMap<Integer, Entry> chunks,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<Integer> taken,
    CollectionAccumulator<Integer> written,
    CollectionAccumulator<String> faults)
    implements KeptCovariances {
  private static final long serialVersionUID = 1L;

  /** Where that of a chunk is, whose files had these hashes when the category began. */
  public record Entry(ArtifactKey key, ArrayList<PatchBlock.Source> images)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private boolean isOf(Chunk chunk) {
      return images.stream()
          .map(PatchBlock.Source::path)
          .toList()
          .equals(chunk.images().stream().map(image -> image.relativePath()).toList());
    }
  }

  private record Document(int formatVersion, long patches) {}

  private ArtifactStore store() {
    return ArtifactStore.in(folder, configuration.value().value());
  }

  private Optional<Entry> entry(Chunk chunk) {
    return Optional.ofNullable(chunks.get(chunk.index())).filter(entry -> entry.isOf(chunk));
  }

  @Override
  public Optional<List<PatchBlock.Source>> images(Chunk chunk) {
    Optional<Entry> entry = entry(chunk);
    try {
      return entry.isPresent() && store().has(Kind.COVARIANCES, entry.get().key())
          ? entry.map(Entry::images)
          : Optional.empty();
    } catch (IOException e) {
      faults.add("Covariances could not be looked for: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Optional<PartialCovariance> find(int chunk, List<Integer> channels) {
    if (!chunks.containsKey(chunk)) {
      return Optional.empty();
    }
    try {
      ArtifactKey key = chunks.get(chunk).key();
      Optional<ArtifactFile> file = store().find(Kind.COVARIANCES, key);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      PartialCovariance sums = sums(file.get(), channels, Kind.COVARIANCES.path(key));
      taken.add(chunk);
      return Optional.of(sums);
    } catch (DamagedArtifactException e) {
      faults.add(e.getMessage());
    } catch (IOException e) {
      faults.add("Covariances could not be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static PartialCovariance sums(ArtifactFile file, List<Integer> channels, String name)
      throws DamagedArtifactException {
    try {
      Document document = JsonDocument.parse(file.document()).as(Document.class);
      return PartialCovariance.of(channels, document.patches(), file.doubles());
    } catch (IllegalArgumentException e) {
      throw new DamagedArtifactException(name, "is not as it was written: " + e.getMessage());
    }
  }

  @Override
  public void keep(Chunk chunk, Kept sums) {
    Optional<Entry> entry = entry(chunk).filter(hashed -> hashed.images().equals(sums.images()));
    if (entry.isEmpty()) {
      return;
    }
    ArtifactFile file =
        new ArtifactFile(
            Json.compact(new Document(1, sums.sums().count())),
            new float[0],
            sums.sums().toArray());
    try {
      store().publish(Kind.COVARIANCES, entry.get().key(), file);
      written.add(chunk.index());
    } catch (IOException e) {
      faults.add("Covariances could not be kept: " + e.getMessage());
    }
  }
}
