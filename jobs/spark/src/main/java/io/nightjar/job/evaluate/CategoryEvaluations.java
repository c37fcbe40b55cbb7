package io.nightjar.job.evaluate;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Category;
import io.nightjar.job.bank.BankSource;
import io.nightjar.job.bank.LentSource;
import io.nightjar.job.bank.SharedBank;
import io.nightjar.job.bank.SharedBankFactory;
import io.nightjar.job.bank.SharedSource;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.report.FailedCategory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The evaluations of a data set's categories, concurrently: each with its own bank, or all with
 * one.
 *
 * @param catalogue the categories
 * @param notes what is to be told of a category beside its figures
 */
public record CategoryEvaluations(
    JavaSparkContext spark,
    ConcurrentCategories concurrent,
    Broadcast<BackboneModel> backbone,
    Broadcast<SerializableConfiguration> configuration,
    EvaluationOptions options,
    Progress progress,
    List<Category> catalogue,
    Function<Category, List<String>> notes) {

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
        run(catalogue.stream().map(c -> evaluation(c, source.apply(c), List.of())).toList());
    return new Evaluated(outcomes.evaluated(), outcomes.failed(), Map.of());
  }

  /** Makes one bank, compares all categories with it, and frees it. */
  public Evaluated allWithOne(SharedSource source) {
    try (SharedBankFactory making =
        new SharedBankFactory(spark, backbone, configuration, options, source, progress)) {
      ConcurrentCategories.Outcomes<SharedBank> made =
          concurrent.run(List.of(making), options.measure().concurrentCategories(), progress);
      Map<String, FailedCategory> failed = new LinkedHashMap<>();
      for (FailedCategory category : source.failures()) {
        failed.put(category.category(), category);
        progress.failed(category.category(), category.reason());
      }
      if (made.evaluated().isEmpty()) {
        String reason = "The bank of all categories was not made: " + made.failed().get(0).reason();
        going(failed).forEach(c -> failed.put(c.name(), failure(c, source, reason)));
        return new Evaluated(List.of(), inOrder(failed), Map.of());
      }
      SharedBank shared = made.evaluated().get(0);
      BankSource lent = new LentSource(shared, source);
      ConcurrentCategories.Outcomes<CategoryOutcome> outcomes =
          run(going(failed).map(c -> evaluation(c, lent, shared.notes())).toList());
      outcomes.failed().forEach(category -> failed.put(category.category(), category));
      return new Evaluated(
          outcomes.evaluated(), inOrder(failed), Map.of(UnifiedImages.NAME, shared.describe()));
    }
  }

  private FailedCategory failure(Category category, SharedSource source, String reason) {
    return new FailedCategory(
        category.name(),
        reason,
        source.quarantine(category, options.measure().maxQuarantined()).files());
  }

  private Stream<Category> going(Map<String, FailedCategory> failed) {
    return catalogue.stream().filter(c -> !failed.containsKey(c.name()));
  }

  private List<FailedCategory> inOrder(Map<String, FailedCategory> failed) {
    return catalogue.stream()
        .flatMap(category -> Optional.ofNullable(failed.get(category.name())).stream())
        .toList();
  }

  private ConcurrentCategories.Outcomes<CategoryOutcome> run(List<CategoryEvaluation> evaluations) {
    return concurrent.run(evaluations, options.measure().concurrentCategories(), progress);
  }

  private CategoryEvaluation evaluation(Category category, BankSource source, List<String> more) {
    return new CategoryEvaluation(
        spark,
        category,
        backbone,
        configuration,
        options,
        source,
        progress,
        Stream.concat(notes.apply(category).stream(), more.stream()).toList());
  }
}
