package io.nightjar.report.sweep;

import io.nightjar.metric.selection.Selection;
import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a sweep found.
 *
 * @param data where the data set is
 * @param options how a configuration was chosen and compared
 * @param figure that it was chosen by
 * @param categories whose mean the figure is
 * @param results of the configurations that were evaluated, the plain method first, then in the
 *     order of the sweep
 * @param failed configurations without a result, each with its reason
 * @param selection what the choice is worth; its indexes are those of the results; empty where it
 *     cannot be said
 * @param hasFailedCategories whether a category failed in an evaluation that has a result
 * @param notes sentences that the figures cannot be understood without
 */
public record SweepReport(
    String data,
    SweepOptions options,
    ReportedMetric figure,
    List<String> categories,
    List<ConfigurationResult> results,
    List<ConfigurationOutcome> failed,
    Optional<Selection> selection,
    boolean hasFailedCategories,
    List<String> notes) {

  /**
   * Takes unchangeable copies.
   *
   * @param data where the data set is
   * @param options how a configuration was chosen and compared
   * @param figure that it was chosen by
   * @param categories whose mean the figure is
   * @param results of the configurations that were evaluated
   * @param failed configurations without a result, each with its reason
   * @param selection what the choice is worth
   * @param hasFailedCategories whether a category failed in an evaluation that has a result
   * @param notes sentences that the figures cannot be understood without
   */
  public SweepReport {
    categories = List.copyOf(categories);
    results = List.copyOf(results);
    failed = List.copyOf(failed);
    notes = List.copyOf(notes);
  }

  /**
   * The result of the plain method.
   *
   * @return empty where it failed
   */
  public Optional<ConfigurationResult> plain() {
    return results.stream().filter(result -> result.configuration().isPlain()).findFirst();
  }

  /**
   * The configuration with the best figure over all test images.
   *
   * @return empty where there is no selection
   */
  public Optional<ConfigurationResult> best() {
    return selection.map(found -> results.get(found.best()));
  }

  /**
   * By how much the chosen configuration is better than the plain method on the half that took no
   * part in the choice.
   *
   * @return empty where the plain method or the selection is missing
   */
  public OptionalDouble honestGain() {
    return selection.isPresent() && plain().isPresent()
        ? OptionalDouble.of(selection.get().gains().get(results.indexOf(plain().get())))
        : OptionalDouble.empty();
  }

  /**
   * Whether every configuration has a result, in every category that it was asked for.
   *
   * @return false if one failed, or one of its categories did
   */
  public boolean isComplete() {
    return failed.isEmpty() && !hasFailedCategories;
  }

  /**
   * The outcome in one sentence, or two where configurations failed.
   *
   * @return with a full stop
   */
  public String sentence() {
    String found =
        selection
            .map(
                choice ->
                    Text.format(
                        "Of %s, %s has the best %s, %s; a choice like this one is worth %s (%s to %s)"
                            + " on images that took no part in it%s.",
                        Text.counted(results.size(), "configuration", "configurations"),
                        results.get(choice.best()).configuration().name(),
                        figure.labelInSentence(),
                        Numbers.fixed(choice.naive(), 4),
                        Numbers.fixed(choice.honest(), 4),
                        Numbers.fixed(choice.lower(), 4),
                        Numbers.fixed(choice.upper(), 4),
                        honestGain().isPresent()
                            ? Text.format(", %s", better(honestGain().getAsDouble()))
                            : ""))
            .orElseGet(
                () ->
                    Text.format(
                        "%s evaluated, and none chosen.",
                        Text.counted(results.size(), "configuration", "configurations")));
    return failed.isEmpty()
        ? found
        : Text.format(
            "%s %s failed: %s: %s",
            found, failed.size(), failed.get(0).configuration().name(), failed.get(0).reason());
  }

  private static String better(double gain) {
    if (Math.abs(gain) < 5e-5) {
      return "as good as the plain method there";
    }
    return gain < 0
        ? Text.format("%s worse than the plain method there", Numbers.fixed(-gain, 4))
        : Text.format("%s better than the plain method there", Numbers.fixed(gain, 4));
  }
}
