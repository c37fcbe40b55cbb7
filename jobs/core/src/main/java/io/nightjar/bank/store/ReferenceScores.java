package io.nightjar.bank.store;

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
 * the version as {@code reference-scores/<version>.json}, and never changed.
 *
 * @param category the bank's name
 * @param version of the bank
 * @param imagesOfVersion how many images the version has; more than there are scores where these
 *     are of a sample
 * @param images in the order of the bank
 */
public record ReferenceScores(
    String category, int version, int imagesOfVersion, List<Image> images) {
  /**
   * An image's scores, from the distances of its patches to the nearest rows of other images.
   *
   * @param path what names the image within the bank
   * @param score the largest of them
   * @param novelty the mean of the 1 % of them that are largest
   */
  public record Image(String path, double score, double novelty) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public ReferenceScores {
    images = List.copyOf(images);
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
      return JsonDocument.parse(new String(json, StandardCharsets.UTF_8)).as(ReferenceScores.class);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The bank's file %s cannot be used: %s. Delete it; it is computed again when it is needed.",
              name, e.getMessage()),
          e);
    }
  }

  /** Writes them next to their version; every writer writes the same. */
  public void store(String bank, Configuration configuration) {
    BankFiles files = BankFiles.of(bank, configuration);
    try {
      AtomicFiles.of(files.fileSystem(), configuration)
          .replace(files.path(name(version)), Json.indented(this).getBytes(StandardCharsets.UTF_8));
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
