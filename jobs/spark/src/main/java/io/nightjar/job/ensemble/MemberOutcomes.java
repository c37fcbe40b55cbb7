package io.nightjar.job.ensemble;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.evaluate.EvaluatedBank;
import io.nightjar.job.evaluate.OutcomeListener;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one member of an ensemble found of each category: its maps, and what they are divided by.
 */
public final class MemberOutcomes implements OutcomeListener {
  private final String name;
  private final double smoothing;
  private final NormalScale scale;
  private final Map<String, OfCategory> found = new ConcurrentHashMap<>();
  private final Map<String, String> missing = new ConcurrentHashMap<>();

  /**
   * What a member found of a category.
   *
   * @param scale what its scores are divided by
   */
  record OfCategory(CategoryOutcome outcome, NormalScale.OfCategory scale) {}

  /**
   * Of a member that was not evaluated yet.
   *
   * @param name of the member
   * @param smoothing of its maps, in pixels of the network's input
   * @param quantile of the scores of normal patches, above 0 and at most 1
   */
  public MemberOutcomes(String name, double smoothing, double quantile) {
    this.name = name;
    this.smoothing = smoothing;
    this.scale = new NormalScale(quantile);
  }

  @Override
  public void ended(CategoryOutcome outcome, EvaluatedBank bank) {
    String category = outcome.result().category();
    try {
      found.put(category, new OfCategory(outcome, scale.of(bank)));
    } catch (InvalidInputException e) {
      // The member has its result without a scale; the ensemble has none of the category.
      missing.put(category, e.getMessage());
    }
  }

  /** Enters the categories that the member has no result of. */
  public void failed(List<FailedCategory> categories) {
    categories.forEach(category -> missing.put(category.category(), category.reason()));
  }

  /** Of the member. */
  public String name() {
    return name;
  }

  double smoothing() {
    return smoothing;
  }

  Optional<OfCategory> of(String category) {
    return Optional.ofNullable(found.get(category));
  }

  /** Why there is nothing of a category, as sentences. */
  String reason(String category) {
    return missing.getOrDefault(
        category, Text.format("It has no category of the name %s.", category));
  }

  /**
   * What its scores of a category were divided by, for {@code run.json}.
   *
   * @return empty where it has none
   */
  public Map<String, Object> describeScale(String category) {
    return of(category)
        .map(
            own -> {
              Map<String, Object> described = new LinkedHashMap<>();
              described.put("scale", own.scale().value());
              described.put("images", own.scale().images());
              return described;
            })
        .orElse(Map.of());
  }
}
