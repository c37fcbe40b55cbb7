package io.nightjar.job.artifact;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.fit.KeptPatches;
import io.nightjar.json.Json;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Patch embeddings in a store, a file an image: the float32 values of all levels as the network
 * gave them.
 *
 * @param folder in which the store is
 * @param images by their paths
 * @param faults receives why patches could not be used or kept
 */
record StoredPatches(
    String folder,
    HashMap<String, Entry> images,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<String> faults)
    implements KeptPatches {
  private static final long serialVersionUID = 1L;

  /** Where the patches of an image are, whose file had this hash when the category began. */
  record Entry(ArtifactKey key, String sha256) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Document(int formatVersion, String sha256) {}

  private ArtifactStore store() {
    return ArtifactStore.in(folder, configuration.value().value());
  }

  private Optional<Entry> entry(ImageRef image) {
    return Optional.ofNullable(images.get(image.relativePath()));
  }

  @Override
  public boolean has(ImageRef image) {
    try {
      return entry(image).isPresent() && store().has(Kind.EMBEDDINGS, entry(image).get().key());
    } catch (IOException e) {
      faults.add("Embeddings could not be looked for: " + e.getMessage());
      return false;
    }
  }

  @Override
  public Optional<Kept> find(ImageRef image, PatchLayout layout) {
    Optional<Entry> entry = entry(image);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    ArtifactKey key = entry.get().key();
    try {
      Optional<ArtifactFile> file = store().find(Kind.EMBEDDINGS, key);
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Kept(entry.get().sha256(), maps(file.get(), layout, Kind.EMBEDDINGS.path(key))));
    } catch (DamagedArtifactException e) {
      faults.add(e.getMessage());
    } catch (IOException e) {
      faults.add("Embeddings could not be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static PatchMaps maps(ArtifactFile file, PatchLayout layout, String name)
      throws DamagedArtifactException {
    if (file.values().length != layout.values()) {
      throw new DamagedArtifactException(name, "has another number of values than an image");
    }
    List<float[]> levels = new ArrayList<>();
    int at = 0;
    for (PatchLayout.Level level : layout.levels()) {
      levels.add(Arrays.copyOfRange(file.values(), at, at + level.values()));
      at += level.values();
    }
    return new PatchMaps(layout, 1, levels);
  }

  @Override
  public void keep(ImageRef image, Kept patches) {
    Optional<Entry> entry = entry(image).filter(hashed -> hashed.sha256().equals(patches.sha256()));
    if (entry.isEmpty()) {
      return;
    }
    float[] values = new float[Math.toIntExact(patches.maps().layout().values())];
    int at = 0;
    for (float[] level : patches.maps().levels()) {
      System.arraycopy(level, 0, values, at, level.length);
      at += level.length;
    }
    String document = Json.compact(new Document(1, patches.sha256()));
    try {
      store().publish(Kind.EMBEDDINGS, entry.get().key(), new ArtifactFile(document, values));
    } catch (IOException e) {
      faults.add("Embeddings could not be kept: " + e.getMessage());
    }
  }
}
