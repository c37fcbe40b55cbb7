package io.nightjar.job.guard;

import io.nightjar.bank.calibration.PatchDistances;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.util.LongAccumulator;

/**
 * The leave-one-image-out scores of a bank's version: those stored next to it, or computed and
 * stored there. Of a bank of more than {@value #SAMPLE} images a sample of so many is scored, drawn
 * with a fixed seed, each against all of the others.
 */
record ReferenceScoring(RunContext run, StageReport stages) {
  static final int SAMPLE = 1000;

  static final String STAGE = "score the bank's own images";

  private static final long SEED = 20_260_221L;

  /**
   * @throws InvalidInputException if the bank keeps only a part of its images' patches, has a
   *     single image, or its rows cannot be read
   */
  ReferenceScores of(StoredBank bank, LeasedBank shared) {
    return stored(bank)
        .orElseGet(
            () -> {
              ReferenceScores scores = take(bank, shared);
              scores.store(bank.location().uri(), run.hadoop());
              return scores;
            });
  }

  /**
   * The same of a bank that no executor holds whole.
   *
   * @param shardBytes most bytes of a shard's rows
   * @param waveBytes most bytes of the queries that are compared with the shards at once
   */
  ReferenceScores ofShards(StoredBank bank, long shardBytes, long waveBytes) {
    return stored(bank)
        .orElseGet(
            () -> {
              requireWhole(bank);
              List<OwnImage> images = sample(bank.manifest().images());
              LongAccumulator done = stages.counter();
              stages.begin(STAGE, Counted.IMAGES, images.size(), done);
              ShardedScoring sharded =
                  new ShardedScoring(run.spark(), run.configuration(), bank, shardBytes, waveBytes);
              ReferenceScores scores = scores(bank.manifest(), sharded.of(images, done));
              scores.store(bank.location().uri(), run.hadoop());
              return scores;
            });
  }

  /** Those of an earlier program are completed: their numbers come out the same. */
  Optional<ReferenceScores> stored(StoredBank bank) {
    return ReferenceScores.find(bank.location(), run.hadoop())
        .filter(ReferenceScores::hasCalibration);
  }

  private ReferenceScores take(StoredBank bank, LeasedBank shared) {
    requireWhole(bank);
    List<OwnImage> images = sample(bank.manifest().images());
    stages.begin(STAGE);
    List<OwnScores> scores =
        run.spark()
            .parallelize(images, run.partitionsOf(images.size()))
            .mapPartitions(new LeaveOneOutPass(shared, 1))
            .map(own -> OwnScores.of(own.path(), own.values()))
            .collect();
    return scores(bank.manifest(), scores);
  }

  /** What is stored of a version. */
  static ReferenceScores scores(BankManifest version, List<OwnScores> scores) {
    return new ReferenceScores(
        version.category(),
        version.version(),
        version.images().size(),
        scores.stream().map(OwnScores::image).toList(),
        Optional.of(PatchDistances.of(scores.stream().map(OwnScores::distances).toList())));
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
                  "The bank %s keeps a coreset, a part of the patches of its images, and no scores of them:",
                  bank.location())
              + " these can only be taken while a coreset is chosen. Build it again with nightjar build-bank"
              + " --overwrite.");
    }
    if (manifest.images().size() < 2) {
      return Optional.of(
          Text.format(
              "The bank %s has a single image, which cannot be compared with others.",
              bank.location()));
    }
    return Optional.empty();
  }

  /** The images that are scored, in the bank's order. */
  static List<OwnImage> sample(List<BankManifest.Image> ofBank) {
    List<OwnImage> images = OwnImage.of(ofBank);
    if (images.size() > SAMPLE) {
      Collections.shuffle(images, new Random(SEED));
      images = new ArrayList<>(images.subList(0, SAMPLE));
      images.sort(Comparator.comparingInt(image -> image.rows().from()));
    }
    return images;
  }
}
