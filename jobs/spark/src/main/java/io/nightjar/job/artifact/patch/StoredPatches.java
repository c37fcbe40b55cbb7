package io.nightjar.job.artifact.patch;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.embed.KeptPatches;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
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
 * @param taken receives the paths of images whose patches were taken
 * @param written receives those of images whose patches were kept
 * @param faults receives why patches could not be used or kept
 */
public record StoredPatches(
    String folder,
    HashMap<String, Entry> images,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<String> taken,
    CollectionAccumulator<String> written,
    CollectionAccumulator<String> faults)
    implements KeptPatches {
  private static final long serialVersionUID = 1L;

  /** Where the patches of an image are, whose file had this hash when the category began. */
  public record Entry(ArtifactKey key, String sha256) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Document(int formatVersion, int width, int height, String sha256) {}

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
    String name = Kind.EMBEDDINGS.path(key);
    try {
      Optional<ArtifactFile> file = store().find(Kind.EMBEDDINGS, key);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      Kept found =
          new Kept(
              source(file.get(), image, entry.get().sha256(), name),
              values(file.get(), layout, name));
      taken.add(image.relativePath());
      return Optional.of(found);
    } catch (DamagedArtifactException e) {
      faults.add(e.getMessage());
    } catch (IOException e) {
      faults.add("Embeddings could not be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static SourceImage source(ArtifactFile file, ImageRef image, String sha256, String name)
      throws DamagedArtifactException {
    try {
      Document document = JsonDocument.parse(file.document()).as(Document.class);
      return new SourceImage(image, document.width(), document.height(), sha256);
    } catch (IllegalArgumentException e) {
      throw new DamagedArtifactException(name, "is not as it was written: " + e.getMessage());
    }
  }

  private static float[] values(ArtifactFile file, PatchLayout layout, String name)
      throws DamagedArtifactException {
    if (file.values().length != layout.values()) {
      throw new DamagedArtifactException(name, "has another number of values than an image");
    }
    return file.values();
  }

  @Override
  public void keep(Kept patches) {
    SourceImage image = patches.image();
    Optional<Entry> entry =
        entry(image.ref()).filter(hashed -> hashed.sha256().equals(image.sha256()));
    if (entry.isEmpty()) {
      return;
    }
    String document = Json.compact(new Document(2, image.width(), image.height(), image.sha256()));
    try {
      store()
          .publish(
              Kind.EMBEDDINGS, entry.get().key(), new ArtifactFile(document, patches.values()));
      written.add(image.ref().relativePath());
    } catch (IOException e) {
      faults.add("Embeddings could not be kept: " + e.getMessage());
    }
  }
}
