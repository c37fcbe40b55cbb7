package io.nightjar.metric.compare;

import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleFigure;
import java.util.Arrays;

/**
 * The figures of a category in both runs over the images that both have, and their differences in
 * the same resamples of these.
 *
 * @param baseline by {@link SampleFigure#index}, from coarse bins; NaN where there is none
 * @param candidate likewise
 * @param differences candidate less baseline, by figure and resample; NaN where one has none
 * @param baselineQuality of each image's map, in the order of the pairs
 * @param candidateQuality likewise
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record PairedFigures(
    double[] baseline,
    double[] candidate,
    double[][] differences,
    double[] baselineQuality,
    double[] candidateQuality) {

  /**
   * Computes the figures of all resamples of both runs.
   *
   * @param baseline what the baseline counted
   * @param candidate what the candidate counted
   * @param pairing of the images of both
   * @param draws of the pairs, in their order
   * @return the figures over the paired images alone
   */
  public static PairedFigures of(
      CategorySample baseline, CategorySample candidate, Pairing pairing, PairedDraws draws) {
    ResampledFigures before = new ResampledFigures(baseline, pairing.baselines());
    ResampledFigures after = new ResampledFigures(candidate, pairing.candidates());
    double[][] of = before.of(draws.weights());
    double[][] with = after.of(draws.weights());
    double[][] differences = new double[SampleFigure.values().length][of.length];
    for (int figure = 0; figure < differences.length; figure++) {
      for (int resample = 0; resample < of.length; resample++) {
        differences[figure][resample] = with[resample][figure] - of[resample][figure];
      }
    }
    return new PairedFigures(
        before.ofAll(),
        after.ofAll(),
        differences,
        before.qualityByImage(),
        after.qualityByImage());
  }

  /**
   * The difference of a figure in each resample that has it in both runs.
   *
   * @param figure which
   * @return candidate less baseline; empty where no resample has the figure in both
   */
  public double[] differences(SampleFigure figure) {
    return Arrays.stream(differences[figure.index()]).filter(d -> !Double.isNaN(d)).toArray();
  }
}
