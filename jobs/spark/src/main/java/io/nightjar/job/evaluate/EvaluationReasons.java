package io.nightjar.job.evaluate;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.reason.ReasonPasses;
import io.nightjar.job.reason.ReasonWriter;
import io.nightjar.report.reason.CategoryReasons;
import io.nightjar.report.reason.ReasonPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The reasons of the test images of an evaluation, which are found as its categories end. They are
 * read from the files of the bank: those of a bank that was stored before, or as the store of the
 * run keeps them.
 */
public final class EvaluationReasons implements OutcomeListener {
  private static final CategoryReasons NOT_KEPT =
      new CategoryReasons(
          List.of(),
          List.of(),
          List.of(
              "There are no reasons, since the bank could not be kept in the store: what went wrong"
                  + " there is in run.json."));

  private final ReasonPlan plan;
  private final Map<String, CategoryReasons> found = new ConcurrentHashMap<>();

  /**
   * Of an evaluation that has not begun.
   *
   * @param plan how many patches are explained
   */
  public EvaluationReasons(ReasonPlan plan) {
    this.plan = plan;
  }

  /**
   * Refuses evaluations whose banks are built in the run and have no files that reasons could be
   * read from, and tiles.
   *
   * @param isKept whether the run has a store
   * @throws InvalidInputException saying which option to leave out
   */
  public static void requireFiles(EvaluationOptions options, boolean isKept) {
    if (!options.embed().tiles().isNone()) {
      throw new InvalidInputException(
          "The option --reasons takes banks of whole images, and --tiles cuts images into tiles;"
              + " leave one of the two out.");
    }
    if (options.bank().scope() == BankScope.UNIFIED) {
      throw new InvalidInputException(
          "The option --reasons reads the rows of a stored bank, and of the bank of --scope unified"
              + " nothing is kept; build it with build-bank and name it with --bank, or leave one of"
              + " the two out.");
    }
    if (!isKept) {
      throw new InvalidInputException(
          "The option --reasons reads the rows of banks that are kept in the store, and --reuse none"
              + " says that there is none; leave one of the two out.");
    }
  }

  @Override
  public void ended(CategoryOutcome outcome, EvaluatedBank bank) {
    found.put(
        outcome.result().category(),
        bank.files()
            .with(
                stored ->
                    bank.clock()
                        .time(
                            "reasons",
                            () ->
                                new ReasonPasses(bank.passes(), stored, plan, bank.normal())
                                    .of(outcome.images(), outcome.hashes())))
            .orElse(NOT_KEPT));
  }

  /**
   * Has the reasons written with the results, where any were asked for.
   *
   * @param data where the images are
   * @param spec the embedding of the run
   * @param outcomes the categories, in their order
   */
  public RunWriter addTo(
      RunWriter writer, String data, EmbeddingSpec spec, List<CategoryOutcome> outcomes) {
    if (plan.isNone()) {
      return writer;
    }
    Map<String, CategoryReasons> reasons = new LinkedHashMap<>();
    outcomes.stream()
        .map(outcome -> outcome.result().category())
        .forEach(category -> reasons.put(category, found.get(category)));
    return writer.with(
        new RunWriter.LinkedPage(
            ReasonWriter.HTML,
            () -> new ReasonWriter(writer.run(), writer.out()).write(data, spec, reasons)));
  }
}
