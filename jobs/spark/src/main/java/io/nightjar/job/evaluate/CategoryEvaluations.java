package io.nightjar.job.evaluate;

import io.nightjar.dataset.Category;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankSource;
import io.nightjar.job.bank.LentSource;
import io.nightjar.job.bank.SharedBank;
import io.nightjar.job.bank.SharedBankFactory;
import io.nightjar.job.bank.SharedSource;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.RunContext;
import io.nightjar.report.FailedCategory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The evaluations of a data set's categories, concurrently: each with its own bank, or all with
 * one.
 *
 * @param catalogue the categories
 * @param notes shown next to a category's metrics
 * @param store of the run; empty where nothing is kept
 * @param listener takes the outcomes
 */
public record CategoryEvaluations(
    RunContext run,
    EvaluationOptions options,
    List<Category> catalogue,
    Function<Category, List<String>> notes,
    Optional<RunStore> store,
    OutcomeListener listener) {

  /**
   * What became of them, each list in catalogue order.
   *
   * @param sharedBank the one bank of all, by its name, for the run's manifest; empty where there
   *     was none
   */
  public record Evaluated(
      List<CategoryOutcome> evaluated,
      List<FailedCategory> failed,
      Map<String, Map<String, Object>> sharedBank) {}

  /** Compares each category with a bank of its own. */
  public Evaluated eachWithItsOwn(Function<Category, BankSource> source) {
    ConcurrentCategories.Outcomes<CategoryOutcome> outcomes =
        evaluate(catalogue.stream().map(c -> evaluation(c, source.apply(c), List.of())).toList());
    return new Evaluated(outcomes.evaluated(), outcomes.failed(), Map.of());
  }

  /** Builds one bank, compares all categories with it, and frees it. */
  public Evaluated allWithOne(SharedSource source) {
    try (SharedBankFactory factory = new SharedBankFactory(run, options.search(), source)) {
      ConcurrentCategories.Outcomes<SharedBank> built =
          new ConcurrentCategories(run).run(List.of(factory));
      Map<String, FailedCategory> failed = new LinkedHashMap<>();
      for (FailedCategory category : source.failures()) {
        failed.put(category.category(), category);
        run.progress().failed(category.category(), category.reason());
      }
      if (built.evaluated().isEmpty()) {
        String reason =
            "The bank of all categories was not built: " + built.failed().get(0).reason();
        remaining(failed).forEach(c -> failed.put(c.name(), failure(c, source, reason)));
        return new Evaluated(List.of(), inOrder(failed), Map.of());
      }
      SharedBank shared = built.evaluated().get(0);
      BankSource lent = new LentSource(shared, source);
      ConcurrentCategories.Outcomes<CategoryOutcome> outcomes =
          evaluate(remaining(failed).map(c -> evaluation(c, lent, shared.notes())).toList());
      outcomes.failed().forEach(category -> failed.put(category.category(), category));
      return new Evaluated(
          outcomes.evaluated(), inOrder(failed), Map.of(UnifiedImages.NAME, shared.describe()));
    }
  }

  private FailedCategory failure(Category category, SharedSource source, String reason) {
    return new FailedCategory(
        category.name(),
        reason,
        source.quarantine(category, options.run().maxQuarantined()).files());
  }

  private Stream<Category> remaining(Map<String, FailedCategory> failed) {
    return catalogue.stream().filter(c -> !failed.containsKey(c.name()));
  }

  private List<FailedCategory> inOrder(Map<String, FailedCategory> failed) {
    return catalogue.stream()
        .flatMap(category -> Optional.ofNullable(failed.get(category.name())).stream())
        .toList();
  }

  private ConcurrentCategories.Outcomes<CategoryOutcome> evaluate(
      List<CategoryEvaluation> evaluations) {
    return new ConcurrentCategories(run).run(evaluations);
  }

  private CategoryEvaluation evaluation(Category category, BankSource source, List<String> more) {
    return new CategoryEvaluation(
        run,
        category,
        options,
        source,
        Stream.concat(notes.apply(category).stream(), more.stream()).toList(),
        store,
        listener);
  }
}
