package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.fit.Inspected;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What inspections found of usable files, by their contents: a file of JSON for each run that
 * inspected any.
 */
final class StoredInspections {
  private record Document(int formatVersion, List<File> files) {}

  /**
   * What was found of an image and its masks.
   *
   * @param contents of its files, and what it is inspected for
   */
  private record File(
      String contents,
      MaskSummary mask,
      int largestSample,
      boolean labelImage,
      int height,
      int width) {}

  private StoredInspections() {}

  /**
   * What is known of some images.
   *
   * @param faults receives a sentence on each file that cannot be used, which is removed
   */
  static Map<ImageRef, Inspected> read(
      ArtifactStore store,
      ArtifactKey key,
      List<ImageRef> images,
      InputHashes hashes,
      Consumer<String> faults)
      throws IOException {
    Map<String, File> known = new HashMap<>();
    Packs.read(store, Kind.INSPECTIONS, key, StoredInspections::files, faults)
        .forEach(files -> files.forEach(file -> known.put(file.contents(), file)));
    Map<ImageRef, Inspected> found = new HashMap<>();
    for (ImageRef image : images) {
      contents(image, hashes)
          .map(known::get)
          .ifPresent(
              file ->
                  found.put(
                      image,
                      new Inspected(
                          new FileOutcome(image.relativePath(), "", ""),
                          file.mask(),
                          file.largestSample(),
                          file.labelImage(),
                          file.height(),
                          file.width())));
    }
    return found;
  }

  private static List<File> files(ArtifactFile file, String name) throws DamagedArtifactException {
    try {
      return JsonDocument.parse(file.document()).requireVersion(1).as(Document.class).files();
    } catch (IllegalArgumentException e) {
      throw new DamagedArtifactException(name, "describes no inspection: " + e.getMessage());
    }
  }

  /** What is stored; empty where no file could be inspected. */
  static Optional<ArtifactFile> of(Map<ImageRef, Inspected> found, InputHashes hashes) {
    List<File> files = new ArrayList<>();
    found.forEach(
        (image, inspected) -> {
          if (inspected.isUsable()) {
            contents(image, hashes)
                .ifPresent(
                    contents ->
                        files.add(
                            new File(
                                contents,
                                inspected.mask(),
                                inspected.largestSample(),
                                inspected.labelImage(),
                                inspected.height(),
                                inspected.width())));
          }
        });
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(new ArtifactFile(Json.compact(new Document(1, files)), new float[0]));
  }

  /** Empty where a file could not be read. */
  private static Optional<String> contents(ImageRef image, InputHashes hashes) {
    boolean isMasked = image.isDefective() && image.hasMask();
    String masks = hashes.masksAsOne(image);
    if (isMasked && masks.isEmpty()) {
      return Optional.empty();
    }
    return hashes.image(image).map(own -> String.join(" ", image.split().name(), own, masks));
  }
}
