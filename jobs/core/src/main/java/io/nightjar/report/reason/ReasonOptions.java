package io.nightjar.report.reason;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Map;

/**
 * Whether reasons are given for scores.
 *
 * @param patches of each image, those with the highest scores; 0 for none
 */
public record ReasonOptions(int patches) {
  /** No reasons. */
  public static final ReasonOptions NONE = new ReasonOptions(0);

  private static final int MOST = 20;

  /** Pairs of cut-outs on a page, which take about 16 kB each there. */
  private static final int PAIRS = 200;

  /** More images of a category than anyone looks through. */
  private static final int IMAGES = 20;

  /**
   * Checks the range.
   *
   * @param patches of each image, 0 to 20
   * @throws InvalidInputException naming the option, if it is out of range
   */
  public ReasonOptions {
    if (patches < 0 || patches > MOST) {
      throw new InvalidInputException(
          Text.format("The option --reasons is %d; it must be 0 to %d.", patches, MOST));
    }
  }

  /**
   * Whether any are asked for.
   *
   * @return false for 0 patches
   */
  public boolean asked() {
    return patches > 0;
  }

  /**
   * What is explained in a run.
   *
   * @param categories of the run
   * @return with 1 to 20 images on the page for each, or nothing
   */
  public ReasonPlan plan(int categories) {
    return asked()
        ? new ReasonPlan(
            patches, Math.max(1, Math.min(IMAGES, PAIRS / Math.max(1, patches * categories))))
        : ReasonPlan.NONE;
  }

  /**
   * The option, by its name in {@code run.json}.
   *
   * @return nothing where no reasons are asked for
   */
  public Map<String, Object> asMap() {
    return asked() ? Map.of("reasons", patches) : Map.of();
  }
}
