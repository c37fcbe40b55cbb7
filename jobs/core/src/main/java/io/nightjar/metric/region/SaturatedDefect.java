package io.nightjar.metric.region;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.Mask;
import java.util.Arrays;

/**
 * What each score contributes to the saturated overlap with one defect (Bergmann et al., "Beyond
 * Dents and Scratches", IJCV 2022): at a threshold t, min(|D and {s >= t}| / S, 1) for a defect D
 * with the saturation area S. As t falls, the first S pixels found fill it and the others add
 * nothing. So the S highest scores weigh the same, together {@link RegionWeights#UNIT}, and the
 * overlap is a sum over scores, as that of a region is.
 *
 * <p>Where S is the whole area, the weights are those of a region of these pixels, bit for bit.
 */
public final class SaturatedDefect {
  private final Mask mask;
  private final int saturation;
  private final boolean[] marked;
  private final float[] scores;
  private int count;

  /** Begins with no scores. */
  public SaturatedDefect(GroundTruth.Defect defect) {
    mask = defect.mask();
    saturation = Math.toIntExact(defect.saturationArea());
    marked = new boolean[mask.width()];
    scores = new float[Math.toIntExact(mask.positives())];
  }

  /** Takes the scores of row y; rows come from the top. */
  public void row(int y, float[] row) {
    mask.row(y, marked);
    for (int x = 0; x < marked.length; x++) {
      if (marked[x]) {
        scores[count++] = row[x];
      }
    }
  }

  /** Adds the weights of the defect, all of whose rows have been taken. */
  public void addTo(RegionWeights weights) {
    float[] ascending = scores.clone();
    Arrays.sort(ascending);
    float lowest = ascending[count - saturation];
    int tied = saturation;
    for (float score : scores) {
      tied -= score > lowest ? 1 : 0;
    }
    // Of the pixels that share the lowest score that counts, the first ones do.
    long heavier = RegionWeights.UNIT % saturation;
    for (float score : scores) {
      if (score > lowest || (score == lowest && tied-- > 0)) {
        weights.add(score, RegionWeights.UNIT / saturation + (heavier-- > 0 ? 1 : 0));
      }
    }
  }
}
