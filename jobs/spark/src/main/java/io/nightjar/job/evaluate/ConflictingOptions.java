package io.nightjar.job.evaluate;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.artifact.StoreRequest;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses options of an evaluation that contradict one another.
 *
 * @param bank where stored banks are; empty where banks are built
 */
public record ConflictingOptions(
    EvaluationOptions options, Optional<String> bank, StoreRequest store) {

  /**
   * Refuses what says how a stored bank is built, or what of it is kept.
   *
   * @throws InvalidInputException naming the options
   */
  public void refuse() {
    refuseBuildOptions();
    refuseKeeping();
  }

  /**
   * Refuses decisions without the scores that they are made by.
   *
   * @throws InvalidInputException naming the option
   */
  public void refuse(DecisionRates rates) {
    if (rates.isAsked() && bank.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s needs the scores that a stored bank has of its own images; name one"
                  + " with --bank, or leave it out.",
              DecisionRates.FALSE_ALARMS));
    }
  }

  /**
   * Refuses reasons of the members of an ensemble.
   *
   * @throws InvalidInputException naming the option
   */
  public void refuseOfMembers(ReasonOptions reasons) {
    if (reasons.asked()) {
      throw new InvalidInputException(
          "The option --reasons explains scores by one bank, and an ensemble averages the maps of"
              + " several; leave it out, or evaluate the member by itself.");
    }
  }

  /** A stored bank was built with options of its own. */
  private void refuseBuildOptions() {
    List<String> refused =
        Stream.concat(
                changed(options.bank().asMap(), BankOptions.DEFAULT.asMap()),
                changed(options.fit().asMap(), FitOptions.DEFAULT.asMap()))
            .toList();
    if (bank.isPresent() && !refused.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The options %s say how a bank is built, but %s is a bank that is stored; leave one"
                  + " out.",
              String.join(", ", refused), bank.get()));
    }
  }

  private static Stream<String> changed(Map<String, Object> given, Map<String, Object> defaults) {
    return given.entrySet().stream()
        .filter(option -> !option.getValue().equals(defaults.get(option.getKey())))
        .map(option -> option.getKey() + " = " + option.getValue());
  }

  /** Embeddings are kept in a store, and only those that a bank is built of. */
  private void refuseKeeping() {
    if (!store.embeddings()) {
      return;
    }
    if (store.folder().isEmpty()) {
      throw new InvalidInputException(
          "--keep-embeddings keeps them in the store, and --reuse none says that there is none;"
              + " leave one out.");
    }
    if (options.bank().scope() == BankScope.UNIFIED) {
      throw new InvalidInputException(
          "--keep-embeddings keeps those of each category's own bank, and of the bank of --scope"
              + " unified nothing is kept; leave one out.");
    }
    if (bank.isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "--keep-embeddings keeps what a bank is built of, and %s is a bank that is stored;"
                  + " leave one out.",
              bank.get()));
    }
  }
}
