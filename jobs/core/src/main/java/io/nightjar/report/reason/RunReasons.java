package io.nightjar.report.reason;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reasons of a run.
 *
 * @param stages the names of the stages of all branches of the embedding, such as {@code layer2};
 *     of several branches {@code resnet50_v1_224_layer2}
 * @param categories the reasons of each
 */
public record RunReasons(List<String> stages, Map<String, CategoryReasons> categories) {
  /** Takes unchangeable copies. */
  public RunReasons {
    stages = List.copyOf(stages);
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
  }

  /** All patches, category by category. */
  public List<PatchReason> patches() {
    return categories.values().stream().flatMap(own -> own.patches().stream()).toList();
  }
}
