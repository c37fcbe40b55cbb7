package io.nightjar.report.comparison;

import io.nightjar.report.CategoryResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How long a stage of a category took in both runs.
 *
 * @param stage its name, as in {@code run.json}
 * @param baseline seconds; 0 where it did not run
 * @param candidate seconds; 0 where it did not run
 */
public record StageSeconds(String stage, double baseline, double candidate) {

  /** The stages of a category, in the order of the candidate. */
  static List<StageSeconds> of(CategoryResult baseline, CategoryResult candidate) {
    Set<String> stages = new LinkedHashSet<>(candidate.stageSeconds().keySet());
    stages.addAll(baseline.stageSeconds().keySet());
    List<StageSeconds> seconds = new ArrayList<>();
    for (String stage : stages) {
      seconds.add(
          new StageSeconds(
              stage,
              baseline.stageSeconds().getOrDefault(stage, 0.0),
              candidate.stageSeconds().getOrDefault(stage, 0.0)));
    }
    return seconds;
  }
}
