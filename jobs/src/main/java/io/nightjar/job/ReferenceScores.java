package io.nightjar.job;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.CategoryDistribution;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A bank's own scores: those of its images, each against the bank without its own rows. They lie
 * beside the bank in {@code reference-scores/<version>.json}, in the form of {@link
 * io.nightjar.report.DistributionJson}.
 */
final class ReferenceScores {
  private static final String FOLDER = "reference-scores";

  private ReferenceScores() {}

  /** Where the scores of a bank's version lie, if they were made. */
  static Path path(StoredBank bank) {
    return new Path(new Path(bank.location().uri(), FOLDER), bank.manifest().version() + ".json");
  }

  /**
   * The scores of a bank's version; empty where they were not made.
   *
   * @throws InvalidInputException if they cannot be read, or are those of another bank
   */
  static Optional<CategoryDistribution> of(StoredBank bank, Configuration configuration) {
    Path file = path(bank);
    try {
      FileSystem files = file.getFileSystem(configuration);
      if (!files.exists(file)) {
        return Optional.empty();
      }
      CategoryDistribution scores = ScoreRuns.distribution(file, files);
      if (!scores.basis().bankSha256().equals(bank.sha256())) {
        throw new InvalidInputException(
            "The scores in %s are of a bank whose manifest has the SHA-256 %s, but that of %s is %s."
                .formatted(file, scores.basis().bankSha256(), bank.location(), bank.sha256()));
      }
      return Optional.of(scores);
    } catch (IOException e) {
      throw new InvalidInputException(
          "The scores in %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
