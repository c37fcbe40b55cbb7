package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.StageWeights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which rows a memory bank has. A stored bank keeps what it was built with.
 *
 * @param scope whose normal images make a bank
 * @param variance ratio of the variance that the principal components explain, in (0, 1]
 * @param coreset how much of the bank is kept
 * @param position what one cell of the grid aside counts in a distance, as a multiple of the median
 *     distance of normal patches from those of other images, 0 to 100; 0 leaves the place out
 * @param maxComponents how many principal components of each image size are kept at most, at least
 *     1; empty for all that the variance asks for
 * @param stageWeights what the channels of each stage are multiplied by before the components are
 *     fitted
 */
public record BankOptions(
    BankScope scope,
    double variance,
    CoresetOptions coreset,
    double position,
    OptionalInt maxComponents,
    StageWeights stageWeights) {
  /** The value of a number of components that is not limited. */
  public static final String NONE = "none";

  /** The method as published: a bank for each category, of all patches. */
  public static final BankOptions DEFAULT =
      new BankOptions(BankScope.CATEGORY, 0.95, CoresetOptions.FULL);

  /**
   * Checks the ranges.
   *
   * @param scope whose normal images make a bank
   * @param variance explained variance ratio, in (0, 1]
   * @param coreset how much of the bank is kept
   * @param position what one cell of the grid aside counts, 0 to 100
   * @param maxComponents how many principal components are kept at most, at least 1; empty for all
   * @param stageWeights what the channels of each stage are multiplied by
   * @throws InvalidInputException naming the option that is out of range
   */
  public BankOptions {
    require(variance > 0 && variance <= 1, "variance", variance, "above 0 and at most 1");
    require(position >= 0 && position <= 100, "position", position, "between 0 and 100");
    require(
        maxComponents.orElse(1) >= 1,
        "max-components",
        maxComponents.orElse(1),
        "\"none\" or at least 1");
  }

  /**
   * Options of a bank whose rows have no place, and all components that the variance asks for.
   *
   * @param scope whose normal images make a bank
   * @param variance explained variance ratio, in (0, 1]
   * @param coreset how much of the bank is kept
   * @throws InvalidInputException naming the option that is out of range
   */
  public BankOptions(BankScope scope, double variance, CoresetOptions coreset) {
    this(scope, variance, coreset, 0, OptionalInt.empty(), StageWeights.NONE);
  }

  /**
   * These options with another scope.
   *
   * @param value whose normal images make a bank
   * @return the changed options
   */
  public BankOptions withScope(BankScope value) {
    return new BankOptions(value, variance, coreset, position, maxComponents, stageWeights);
  }

  /**
   * These options with another explained variance ratio.
   *
   * @param value in (0, 1]
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public BankOptions withVariance(double value) {
    return new BankOptions(scope, value, coreset, position, maxComponents, stageWeights);
  }

  /**
   * These options with another coreset.
   *
   * @param value how much of the bank is kept
   * @return the changed options
   */
  public BankOptions withCoreset(CoresetOptions value) {
    return new BankOptions(scope, variance, value, position, maxComponents, stageWeights);
  }

  /**
   * These options with another weight of the place on the grid.
   *
   * @param value what one cell aside counts, 0 to 100; 0 leaves the place out
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public BankOptions withPosition(double value) {
    return new BankOptions(scope, variance, coreset, value, maxComponents, stageWeights);
  }

  /**
   * These options with another limit of the principal components.
   *
   * @param value how many of each image size are kept at most, at least 1; empty for all that the
   *     variance asks for
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public BankOptions withMaxComponents(OptionalInt value) {
    return new BankOptions(scope, variance, coreset, position, value, stageWeights);
  }

  /**
   * These options with other weights of the stages.
   *
   * @param value what the channels of each stage are multiplied by
   * @return the changed options
   */
  public BankOptions withStageWeights(StageWeights value) {
    return new BankOptions(scope, variance, coreset, position, maxComponents, value);
  }

  /**
   * The values that a row of a bank has at most.
   *
   * @param spec of the embedding
   * @return components of all networks and image sizes, and the place where it counts
   */
  public int mostValues(EmbeddingSpec spec) {
    int components =
        spec.branches().stream()
            .mapToInt(
                branch -> Math.min(branch.channels(), maxComponents.orElse(Integer.MAX_VALUE)))
            .sum();
    return components + (position > 0 ? GridPosition.VALUES : 0);
  }

  /**
   * Refuses weights that do not belong to the stages of a network.
   *
   * @param spec of the embedding
   * @throws InvalidInputException if there are not as many weights as it has layers
   */
  public void requireFits(EmbeddingSpec spec) {
    stageWeights.requireFits(spec.layers());
  }

  /**
   * Which principal components are kept, and how the stages are weighted before.
   *
   * @return the rule that the options make
   */
  public ComponentRule rule() {
    return ComponentRule.of(variance, maxComponents, stageWeights);
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("scope", scope.id());
    map.put("variance", variance);
    map.put("coreset", coreset.ratio());
    map.put("coreset_method", coreset.method().id());
    map.put("coreset_seed", coreset.seed());
    if (position > 0) {
      map.put("position", position);
    }
    maxComponents.ifPresent(most -> map.put("max_components", most));
    if (!stageWeights.isNone()) {
      map.put("stage_weights", stageWeights.id());
    }
    return map;
  }
}
