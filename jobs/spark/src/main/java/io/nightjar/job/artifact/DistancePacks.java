package io.nightjar.job.artifact;

import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The patch distances of test images to one bank, in the files that tasks wrote. */
final class DistancePacks {
  private record Document(int formatVersion, List<Image> images) {}

  /** An image of a file, by the hash of its own file. */
  private record Image(String sha256, int width, int height) {}

  private DistancePacks() {}

  /**
   * What a task stores.
   *
   * @param distances of all patches, image after image
   */
  static ArtifactFile of(List<SourceImage> images, float[] distances) {
    return new ArtifactFile(
        Json.compact(
            new Document(
                1,
                images.stream()
                    .map(image -> new Image(image.sha256(), image.width(), image.height()))
                    .toList())),
        distances);
  }

  /**
   * All distances that are stored, by the hash of each image's file.
   *
   * @param patches of one image
   * @param faults receives a sentence on each file that cannot be used, which is removed
   */
  static Map<String, KnownDistances> read(
      ArtifactStore store, ArtifactKey key, int patches, Consumer<String> faults)
      throws IOException {
    Map<String, KnownDistances> known = new HashMap<>();
    Packs.read(store, Kind.DISTANCES, key, (file, name) -> read(file, name, patches), faults)
        .forEach(images -> images.forEach(image -> known.put(image.sha256(), image)));
    return known;
  }

  private static List<KnownDistances> read(ArtifactFile file, String name, int patches)
      throws DamagedArtifactException {
    List<Image> images = images(file, name);
    if ((long) images.size() * patches != file.values().length) {
      throw new DamagedArtifactException(name, "has another number of distances than of patches");
    }
    List<KnownDistances> known = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      known.add(
          new KnownDistances(
              image.width(),
              image.height(),
              image.sha256(),
              Arrays.copyOfRange(file.values(), i * patches, (i + 1) * patches)));
    }
    return known;
  }

  private static List<Image> images(ArtifactFile file, String name)
      throws DamagedArtifactException {
    try {
      return JsonDocument.parse(file.document()).requireVersion(1).as(Document.class).images();
    } catch (IllegalArgumentException e) {
      throw new DamagedArtifactException(name, "names no images: " + e.getMessage());
    }
  }
}
