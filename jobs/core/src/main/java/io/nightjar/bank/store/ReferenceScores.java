package io.nightjar.bank.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * How far the images of a bank's version lie from one another: the score of each against the bank
 * without its own rows. Normal images that the bank does not hold score like this. Stored next to
 * the version as {@code reference-scores/<version>.json}; its numbers never change, those that a
 * file of an earlier program lacks are added.
 *
 * @param category the bank's name
 * @param version of the bank
 * @param imagesOfVersion how many images the version has; more than there are scores where these
 *     are of a sample
 * @param images in the order of the bank
 * @param patches the distances of the patches of all of these images; empty where an earlier
 *     program did not keep them
 */
public record ReferenceScores(
    String category,
    int version,
    int imagesOfVersion,
    List<Image> images,
    Optional<PatchDistances> patches) {
  private static final String PATCHES = "patch_distances";

  /**
   * An image's scores, from the distances of its patches to the nearest rows of other images.
   *
   * @param path what names the image within the bank
   * @param score the largest of them
   * @param novelty the mean of the 1 % of them that are largest
   * @param top3 the mean of the largest three; NaN where an earlier program did not keep it
   * @param mean of all of them; NaN likewise
   */
  public record Image(String path, double score, double novelty, double top3, double mean)
      implements Serializable {
    private static final long serialVersionUID = 2L;

    /** The scores that every program kept. */
    public Image(String path, double score, double novelty) {
      this(path, score, novelty, Double.NaN, Double.NaN);
    }
  }

  /** An image in the document; earlier ones have no more than its first three fields. */
  private record ImageDocument(
      String path,
      double score,
      double novelty,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) Double top3,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET) Double mean) {

    static ImageDocument of(Image image) {
      return new ImageDocument(
          image.path, image.score, image.novelty, known(image.top3), known(image.mean));
    }

    private static Double known(double value) {
      return Double.isNaN(value) ? null : (Double) value;
    }

    Image image() {
      return new Image(
          path, score, novelty, top3 == null ? Double.NaN : top3, mean == null ? Double.NaN : mean);
    }
  }

  private record Document(
      String category,
      int version,
      int imagesOfVersion,
      List<ImageDocument> images,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonSetter(nulls = Nulls.SET)
          PatchDistances.Document patchDistances) {}

  /** Takes an unchangeable copy. */
  public ReferenceScores {
    images = List.copyOf(images);
  }

  /** Scores without the distances of the patches. */
  public ReferenceScores(String category, int version, int imagesOfVersion, List<Image> images) {
    this(category, version, imagesOfVersion, images, Optional.empty());
  }

  /** Whether they have all that decisions on images are made with. */
  public boolean hasCalibration() {
    return patches.isPresent();
  }

  /**
   * The scores of a bank's version; empty where they were not computed yet.
   *
   * @throws InvalidInputException if they cannot be read
   */
  public static Optional<ReferenceScores> find(BankLocation version, Configuration configuration) {
    BankFiles files = BankFiles.of(version.uri(), configuration);
    String name = name(version.number());
    return files.find(name).map(json -> read(json, files.path(name).toString()));
  }

  private static ReferenceScores read(byte[] json, String name) {
    try {
      JsonDocument document = JsonDocument.parse(new String(json, StandardCharsets.UTF_8));
      document
          .withNull(PATCHES)
          .children("images")
          .forEach(image -> image.withNull("top3").withNull("mean"));
      return of(document.as(Document.class));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The bank's file %s cannot be used: %s. Delete it; it is computed again when it is needed.",
              name, e.getMessage()),
          e);
    }
  }

  private static ReferenceScores of(Document document) {
    return new ReferenceScores(
        document.category,
        document.version,
        document.imagesOfVersion,
        document.images.stream().map(ImageDocument::image).toList(),
        Optional.ofNullable(document.patchDistances).map(PatchDistances.Document::distances));
  }

  private Document document() {
    return new Document(
        category,
        version,
        imagesOfVersion,
        images.stream().map(ImageDocument::of).toList(),
        patches.map(PatchDistances.Document::of).orElse(null));
  }

  /** Writes them next to their version; every writer writes the same. */
  public void store(String bank, Configuration configuration) {
    BankFiles files = BankFiles.of(bank, configuration);
    try {
      AtomicFiles.of(files.fileSystem(), configuration)
          .replace(
              files.path(name(version)),
              Json.indented(document()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(
          Text.format(
              "The reference scores of the bank %s cannot be written: %s",
              files.uri(), e.getMessage()),
          e);
    }
  }

  private static String name(int version) {
    return "reference-scores/" + version + ".json";
  }
}
