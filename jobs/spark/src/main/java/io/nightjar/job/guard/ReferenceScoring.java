package io.nightjar.job.guard;

import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The leave-one-image-out scores of a bank's version: those stored next to it, or computed and
 * stored there. Of a bank of more than {@value #SAMPLE} images a sample of so many is scored, drawn
 * with a fixed seed, each against all of the others.
 */
record ReferenceScoring(RunContext run, StageReport stages) {
  static final int SAMPLE = 1000;

  private static final long SEED = 20_260_221L;

  /**
   * @throws InvalidInputException if the bank keeps only a part of its images' patches, has a
   *     single image, or its rows cannot be read
   */
  ReferenceScores of(StoredBank bank, LeasedBank shared) {
    // Those of an earlier program are completed: their numbers come out the same.
    return ReferenceScores.find(bank.location(), run.hadoop())
        .filter(ReferenceScores::hasCalibration)
        .orElseGet(
            () -> {
              ReferenceScores scores = take(bank, shared);
              scores.store(bank.location().uri(), run.hadoop());
              return scores;
            });
  }

  private ReferenceScores take(StoredBank bank, LeasedBank shared) {
    requireWhole(bank);
    List<LeaveOneOutPass.OwnImage> images = sample(bank.manifest());
    stages.begin("score the bank's own images");
    List<LeaveOneOutPass.OwnScores> scores =
        run.spark()
            .parallelize(images, run.partitionsOf(images.size()))
            .mapPartitions(new LeaveOneOutPass(shared))
            .collect();
    return new ReferenceScores(
        bank.manifest().category(),
        bank.manifest().version(),
        bank.manifest().images().size(),
        scores.stream().map(LeaveOneOutPass.OwnScores::image).toList(),
        Optional.of(
            PatchDistances.of(scores.stream().map(LeaveOneOutPass.OwnScores::distances).toList())));
  }

  /**
   * @throws InvalidInputException if the bank's rows do not show how its images score
   */
  static void requireWhole(StoredBank bank) {
    whyNone(bank)
        .ifPresent(
            reason -> {
              throw new InvalidInputException(reason);
            });
  }

  /** Why the bank's rows do not show how its images score, a sentence; empty where they do. */
  static Optional<String> whyNone(StoredBank bank) {
    BankManifest manifest = bank.manifest();
    if (manifest.coreset().isPresent()) {
      return Optional.of(
          Text.format(
                  "The bank %s keeps a coreset, a part of the patches of its images, so it does not show how",
                  bank.location())
              + " far its images lie from one another; use a bank that was built without --coreset.");
    }
    if (manifest.images().size() < 2) {
      return Optional.of(
          Text.format(
              "The bank %s has a single image, which cannot be compared with others.",
              bank.location()));
    }
    return Optional.empty();
  }

  private static List<LeaveOneOutPass.OwnImage> sample(BankManifest manifest) {
    List<LeaveOneOutPass.OwnImage> images = new ArrayList<>();
    int row = 0;
    for (BankManifest.Image image : manifest.images()) {
      images.add(new LeaveOneOutPass.OwnImage(image.path(), new RowRange(row, row + image.rows())));
      row += image.rows();
    }
    if (images.size() > SAMPLE) {
      Collections.shuffle(images, new Random(SEED));
      images = new ArrayList<>(images.subList(0, SAMPLE));
      images.sort(Comparator.comparingInt(image -> image.rows().from()));
    }
    return images;
  }
}
