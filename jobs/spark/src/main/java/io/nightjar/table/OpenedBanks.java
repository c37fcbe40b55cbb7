package io.nightjar.table;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.decision.calibration.NormalScores;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * The banks and networks that this executor has read. Rows and networks that are ready to compute
 * are in native memory, and kept elsewhere: {@link io.nightjar.bank.BankSearches}, {@link
 * io.nightjar.backbone.SharedBackbone}.
 */
final class OpenedBanks {
  /** Manifests and components, of few MB each. */
  private static final int MOST_BANKS = 16;

  /** Weights, of 100 MB each. */
  private static final int MOST_MODELS = 2;

  private static final ProcessCache<String, OpenedBank> BANKS = new ProcessCache<>(MOST_BANKS);
  private static final ProcessCache<ModelKey, BackboneModel> MODELS =
      new ProcessCache<>(MOST_MODELS);

  /** What identifies a network, wherever its weights lie. */
  private record ModelKey(EmbeddingSpec spec, String weights, String sha256) {}

  private OpenedBanks() {}

  /** The answer to the caller who opens a bank: what it is, or why it cannot be used. */
  static Row examine(ScorerSettings settings) {
    try {
      StoredBank bank = stored(settings);
      bank.requireFiles();
      bank.requireFits(model(bank, settings));
      return facts(bank, settings).row();
    } catch (InvalidInputException e) {
      return BankFacts.problem(e.getMessage());
    }
  }

  private static BankFacts facts(StoredBank bank, ScorerSettings settings) {
    int calibration = 0;
    String uncalibrated = "";
    try {
      calibration = NormalScores.required(bank, hadoop(settings)).images().size();
    } catch (InvalidInputException e) {
      uncalibrated = e.getMessage();
    }
    return new BankFacts(
        bank.manifest().version(),
        bank.sha256(),
        bank.manifest().category(),
        bank.manifest().rows(),
        calibration,
        uncalibrated);
  }

  /**
   * The bank of settings that name its version.
   *
   * @throws InvalidInputException if it cannot be read, or is not the one that was opened
   */
  static OpenedBank get(ScorerSettings settings) {
    return BANKS.get(
        settings.bank() + " " + settings.sha256(),
        () -> {
          StoredBank bank = stored(settings);
          if (!bank.sha256().equals(settings.sha256())) {
            throw new InvalidInputException(
                Text.format(
                    "The bank %s was replaced by another one since it was opened; open it again.",
                    settings.bank()));
          }
          return new OpenedBank(bank);
        });
  }

  /**
   * The network that a bank was built with.
   *
   * @throws InvalidInputException if the weights cannot be read or are others
   */
  static BackboneModel model(OpenedBank bank, ScorerSettings settings) {
    return model(bank.stored(), settings);
  }

  private static BackboneModel model(StoredBank bank, ScorerSettings settings) {
    BankBackbone built = bank.manifest().backbone();
    EmbeddingSpec spec = built.spec();
    return MODELS.get(
        new ModelKey(spec, settings.weights(), built.weightsSha256()),
        () -> {
          BackboneModel model =
              BackboneModel.load(
                  spec, settings.weights(), sha256(built, settings), hadoop(settings));
          bank.requireFits(model);
          return model;
        });
  }

  /** What is fetched from an address must be what the bank was built with; other files are read. */
  private static Optional<String> sha256(BankBackbone built, ScorerSettings settings) {
    return Arrays.stream(settings.weights().split(",", -1))
            .anyMatch(place -> place.strip().matches("(?i)https?://.*"))
        ? Optional.of(built.weightsSha256())
        : Optional.empty();
  }

  private static StoredBank stored(ScorerSettings settings) {
    return StoredBank.open(BankLocation.parse(settings.bank()), hadoop(settings));
  }

  private static Configuration hadoop(ScorerSettings settings) {
    return HadoopSettings.inTask(settings.hadoop());
  }
}
