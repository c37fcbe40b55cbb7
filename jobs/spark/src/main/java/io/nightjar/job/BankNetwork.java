package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightPlaces;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The network that a bank was built with, as the bank describes it. */
final class BankNetwork {
  private BankNetwork() {}

  /**
   * Reads its weights.
   *
   * @param weights where they are, those of several networks between commas; empty for where the
   *     bank says that they came from
   * @param sha256 the hash that these must have; that of the bank is required of an http(s) address
   *     and of weights that are not named
   * @throws InvalidInputException if they cannot be read or do not fit the network
   */
  static BackboneModel load(
      BankBackbone bank,
      Optional<String> weights,
      Optional<String> sha256,
      Configuration configuration) {
    Optional<String> own = Optional.of(bank.weightsSha256());
    if (weights.isPresent()) {
      boolean isOfTheWeb = weights.get().matches("(?i)(.*,\\s*)?https?:.*");
      return build(
          bank, weights.get(), sha256.isPresent() || !isOfTheWeb ? sha256 : own, configuration);
    }
    try {
      return build(bank, bank.weightsSource(), own, configuration);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          Text.format(
              "The weights of the bank cannot be read from where they came from; name them with"
                  + " --weights. %s",
              e.getMessage()),
          e);
    }
  }

  private static BackboneModel build(
      BankBackbone bank, String location, Optional<String> sha256, Configuration configuration) {
    EmbeddingSpec spec = bank.spec();
    return BackboneModel.build(
        spec, WeightPlaces.of(spec.architectures(), location, sha256).load(configuration));
  }
}
