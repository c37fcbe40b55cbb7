package io.nightjar.job.watch;

import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.table.BankScorer;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The version of a bank that images are compared with: the current one at the start of each batch,
 * or the one that was named.
 */
final class BankInUse {
  private final SparkSession session;
  private final BankLocation location;
  private final WatchScoring scoring;
  private final Configuration configuration;
  private Optional<Opened> opened = Optional.empty();

  /**
   * An opened version.
   *
   * @param sha256 of the manifest
   * @param reference the largest distances of the bank's own images; empty where it keeps none, or
   *     images are not compared with their nearest rows
   */
  record Opened(
      String sha256, BankScorer scorer, Size grid, Optional<ScoreDistribution> reference) {}

  BankInUse(
      SparkSession session,
      BankLocation location,
      WatchScoring scoring,
      Configuration configuration) {
    this.session = session;
    this.location = location;
    this.scoring = scoring;
    this.configuration = configuration;
  }

  /**
   * The version to use from now on; opened where it is a new one.
   *
   * @throws InvalidInputException if it cannot be used, with the options that were given
   */
  Opened current() {
    StoredBank now = StoredBank.open(location, configuration);
    String sha256 = now.sha256();
    if (opened.filter(one -> one.sha256().equals(sha256)).isEmpty()) {
      opened = Optional.of(open(now, sha256));
    }
    return opened.get();
  }

  private Opened open(StoredBank bank, String sha256) {
    BankBackbone backbone = bank.manifest().backbone();
    scoring
        .weightsSha256()
        .filter(hash -> !hash.equalsIgnoreCase(backbone.weightsSha256()))
        .ifPresent(
            hash -> {
              throw new InvalidInputException(
                  Text.format(
                      "The bank %s was built with weights whose SHA-256 is %s, but --weights-sha256 is"
                          + " %s; leave the option out, or name the bank's.",
                      bank.location(), backbone.weightsSha256(), hash));
            });
    BankScorer scorer =
        BankScorer.open(
                session,
                bank.location().toString(),
                scoring.weights().orElse(backbone.weightsSource()))
            .withNeighbours(scoring.neighbours())
            .withSmoothing(scoring.map().smoothing())
            .withImageScore(scoring.map().imageScore())
            .withDecisions(scoring.rates())
            .withDevice(scoring.device())
            .withBatchImages(scoring.batchImages())
            .withMaps(true);
    opened
        .filter(before -> !before.scorer().category().equals(scorer.category()))
        .ifPresent(
            before -> {
              throw new InvalidInputException(
                  Text.format(
                      "The bank %s was of category %s when the watch began, and is of %s now; begin"
                          + " with a new folder.",
                      location, before.scorer().category(), scorer.category()));
            });
    return new Opened(
        sha256,
        scorer,
        backbone.grid(),
        scoring.neighbours() == 1 ? reference(bank) : Optional.empty());
  }

  private Optional<ScoreDistribution> reference(StoredBank bank) {
    return ReferenceScores.find(bank.location(), configuration)
        .filter(own -> !own.images().isEmpty())
        .map(own -> distribution(own.images()));
  }

  private static ScoreDistribution distribution(List<ReferenceScores.Image> images) {
    float[] scores = new float[images.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) images.get(i).score();
    }
    return ScoreDistribution.of(scores);
  }
}
