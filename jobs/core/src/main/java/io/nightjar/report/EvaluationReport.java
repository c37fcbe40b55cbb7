package io.nightjar.report;

import io.nightjar.dataset.ledger.Inputs;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that a run of the evaluation found.
 *
 * @param run the run itself
 * @param categories the categories with a result, in catalogue order
 * @param failed the categories without one, in catalogue order
 * @param inputs what became of every entry that was found
 */
public record EvaluationReport(
    RunInfo run, List<CategoryResult> categories, List<FailedCategory> failed, Inputs inputs) {
  /**
   * Takes unchangeable copies.
   *
   * @param run the run itself
   * @param categories the categories with a result, in catalogue order
   * @param failed the categories without one, in catalogue order
   * @param inputs what became of every entry that was found
   */
  public EvaluationReport {
    categories = List.copyOf(categories);
    failed = List.copyOf(failed);
  }

  /**
   * The report of a run whose inputs are not known.
   *
   * @param run the run itself
   * @param categories the categories with a result, in catalogue order
   * @param failed the categories without one, in catalogue order
   */
  public EvaluationReport(
      RunInfo run, List<CategoryResult> categories, List<FailedCategory> failed) {
    this(run, categories, failed, Inputs.NONE);
  }

  /**
   * The same with what became of the inputs.
   *
   * @param ledger the inputs, instead of those that it has
   * @return a new report
   */
  public EvaluationReport withInputs(Inputs ledger) {
    return new EvaluationReport(run, categories, failed, ledger);
  }

  /**
   * The same with another description of the run.
   *
   * @param info the run, instead of the one that it has
   * @return a new report
   */
  public EvaluationReport withRun(RunInfo info) {
    return new EvaluationReport(info, categories, failed, inputs);
  }

  /**
   * The mean of a metric over the categories that have it, summed in catalogue order.
   *
   * @param metric of a category, such as {@link CategoryResult#pixelAuprc}
   * @return absent where no category has it
   */
  public OptionalMetric mean(Function<CategoryResult, OptionalMetric> metric) {
    return OptionalMetric.of(
        categories.stream()
            .map(metric)
            .filter(OptionalMetric::isPresent)
            .mapToDouble(OptionalMetric::get)
            .average(),
        "no category has this metric");
  }

  /**
   * Every file that was left out, of categories with and without a result.
   *
   * @return by category, those with a result first; none of a category without such files
   */
  public Stream<Quarantine> quarantines() {
    return Stream.concat(
            categories.stream().map(c -> new Quarantine(c.category(), c.quarantined())),
            failed.stream().map(c -> new Quarantine(c.category(), c.quarantined())))
        .filter(quarantine -> !quarantine.files().isEmpty());
  }

  /**
   * How many images were left out, as the beginning of a sentence that goes on with {@code
   * quarantined}: the ledger of inputs counts their masks and maps as well.
   *
   * @return such as {@code 2 images were}, without a full stop
   */
  public String quarantined() {
    long images = quarantines().mapToLong(quarantine -> quarantine.files().size()).sum();
    long files = inputs.total().quarantined();
    String both =
        files > images
            ? " (with masks and maps " + Numbers.counted(files, "file", "files") + ")"
            : "";
    return Numbers.counted(images, "image", "images") + both + (images == 1 ? " was" : " were");
  }

  /**
   * A category's files that were left out.
   *
   * @param category its name
   * @param files at least one, where {@link #quarantines} returns it
   */
  public record Quarantine(String category, List<QuarantinedFile> files) {}
}
