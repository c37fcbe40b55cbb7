package io.nightjar.job.ensemble;

import io.nightjar.dataset.Category;
import io.nightjar.job.folder.MemberFolders;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.RunInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the record of a run says of an ensemble.
 *
 * @param quantile of the scores of normal patches that the maps are divided by
 * @param members their options, at least those of one, in their order
 */
public record EnsembleRecord(double quantile, Map<String, EvaluationOptions> members) {

  /** The options of the ensemble itself. */
  public Map<String, Object> options() {
    EvaluationOptions options = members.values().iterator().next();
    Map<String, Object> recorded = new LinkedHashMap<>();
    recorded.put(RunInfo.SCALE_QUANTILE, quantile);
    recorded.put("image_score", options.map().imageScore().id());
    recorded.putAll(options.measure().asMap());
    recorded.putAll(options.run().asMap());
    recorded.putAll(options.output().asMap());
    return recorded;
  }

  /**
   * The members with their networks and options.
   *
   * @param networks of the members
   */
  public Map<String, Object> described(Map<String, Object> networks) {
    Map<String, Object> each = new LinkedHashMap<>();
    members.forEach(
        (name, options) -> {
          Map<String, Object> member = new LinkedHashMap<>();
          member.put("run", MemberFolders.of(name));
          member.put("backbone", networks.get(name));
          member.put("options", options.asMap());
          each.put(name, member);
        });
    Map<String, Object> ensemble = new LinkedHashMap<>();
    ensemble.put(RunInfo.SCALE_QUANTILE, quantile);
    ensemble.put("members", each);
    return ensemble;
  }

  /** What the maps were divided by, by category and member. */
  public static Map<String, Object> scales(
      List<MemberOutcomes> outcomes, List<Category> catalogue) {
    Map<String, Object> scales = new LinkedHashMap<>();
    for (Category category : catalogue) {
      Map<String, Object> own = new LinkedHashMap<>();
      for (MemberOutcomes outcome : outcomes) {
        Map<String, Object> scale = outcome.describeScale(category.name());
        if (!scale.isEmpty()) {
          own.put(outcome.name(), scale);
        }
      }
      scales.put(category.name(), own);
    }
    return scales;
  }
}
