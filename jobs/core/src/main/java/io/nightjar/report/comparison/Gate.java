package io.nightjar.report.comparison;

import io.nightjar.metric.compare.Verdict;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a candidate must not be.
 *
 * @param drops how far figures may fall, in any category and in the mean
 * @param failOn what does not pass
 */
public record Gate(List<MaxDrop> drops, List<FailOn> failOn) {
  /** Lets no category pass that is worse or failed. */
  public static final Gate DEFAULT =
      new Gate(
          List.of(), List.of(new FailOn(FailOn.Kind.WORSE, 0), new FailOn(FailOn.Kind.FAILED, 0)));

  /**
   * Takes unchangeable copies.
   *
   * @param drops how far figures may fall, in any category and in the mean
   * @param failOn what does not pass
   */
  public Gate {
    drops = List.copyOf(drops);
    failOn = List.copyOf(failOn);
  }

  /**
   * What a gate says of a candidate.
   *
   * @param byCategory why categories do not pass, in phrases; those that pass are not in it
   * @param ofRun why the candidate as a whole does not pass
   * @param sentence the outcome in one sentence
   */
  public record Outcome(Map<String, List<String>> byCategory, List<String> ofRun, String sentence) {
    /**
     * Takes unchangeable copies.
     *
     * @param byCategory why categories do not pass, in phrases; those that pass are not in it
     * @param ofRun why the candidate as a whole does not pass
     * @param sentence the outcome in one sentence
     */
    public Outcome {
      byCategory = Collections.unmodifiableMap(new LinkedHashMap<>(byCategory));
      ofRun = List.copyOf(ofRun);
    }

    /**
     * Whether the candidate passes.
     *
     * @return true where there is no reason against it
     */
    public boolean passed() {
      return byCategory.isEmpty() && ofRun.isEmpty();
    }
  }

  /**
   * The gate by the names of the options on the command line.
   *
   * @return lists of texts that {@link MaxDrop#parse} and {@link FailOn#parse} read
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("max_drop", drops.stream().map(MaxDrop::toString).toList());
    map.put("fail_on", failOn.stream().map(FailOn::toString).toList());
    return map;
  }

  /**
   * What the gate says of a candidate.
   *
   * @param runs the candidate's comparison with the baseline
   * @return the outcome, with all reasons why it does not pass
   */
  public Outcome of(RunComparison runs) {
    Map<String, List<String>> byCategory = new LinkedHashMap<>();
    for (CategoryComparison category : runs.categories()) {
      List<String> reasons = new ArrayList<>();
      failOn.forEach(rule -> reasons.addAll(rule.reasons(category, runs)));
      for (MaxDrop drop : drops) {
        category
            .figures()
            .forEach(figure -> drop.reason(figure, category.category()).ifPresent(reasons::add));
      }
      if (!reasons.isEmpty()) {
        byCategory.put(category.category(), reasons);
      }
    }
    List<String> ofRun = new ArrayList<>();
    for (MaxDrop drop : drops) {
      runs.mean().forEach(figure -> drop.reason(figure, "the mean").ifPresent(ofRun::add));
    }
    failOn.forEach(rule -> ofRun.addAll(rule.reasons(runs)));
    return new Outcome(byCategory, ofRun, sentence(byCategory, ofRun, runs));
  }

  private static String sentence(
      Map<String, List<String>> byCategory, List<String> ofRun, RunComparison runs) {
    List<String> reasons =
        new ArrayList<>(byCategory.values().stream().flatMap(List::stream).toList());
    reasons.addAll(ofRun);
    if (reasons.isEmpty()) {
      return Text.format("Passed: of %s %s.", categories(runs), counts(runs));
    }
    int more = reasons.size() - 1;
    return Text.format(
        "Not passed: %s%s.",
        reasons.get(0).replaceFirst("[.!]$", ""),
        more == 0
            ? ""
            : Text.format("; and %s", Text.counted(more, "more reason", "more reasons")));
  }

  private static String categories(RunComparison runs) {
    return Text.counted(runs.categories().size(), "category", "categories");
  }

  private static String counts(RunComparison runs) {
    return runs.counts().entrySet().stream()
        .map(
            count ->
                Text.format(
                    "%d %s %s",
                    count.getValue(),
                    count.getKey() == Verdict.FAILED ? "" : count.getValue() == 1 ? "is" : "are",
                    count.getKey().word()))
        .map(count -> count.replace("  ", " "))
        .collect(Collectors.joining(", "));
  }
}
