package io.nightjar.benchmark.step;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.benchmark.baseline.MllibRows;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.linalg.NativeMatrix;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.MapCovariance;
import io.nightjar.pca.covariance.PartialCovariance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;

/**
 * The covariance on one core, next to a plain matrix product of the same shape, which shows what
 * the core can do, and MLlib's covariance of some of the rows.
 */
public final class CovarianceStep implements StepBenchmark {
  private static final double TOLERANCE = 1e-4;

  @Override
  public StepResult run(BenchmarkContext context) {
    Sample sample = context.sample();
    int channels = sample.backbone().spec().channels();
    int patches = sample.backbone().spec().patches();
    float[][] images =
        Arrays.copyOf(
            sample.trainPatches(),
            Math.min(context.options().covarianceImages(), sample.train().size()));
    double rows = (double) images.length * patches;
    int mllibCount = Math.min(context.options().mllibRows(), sample.trainRows());
    float[] mllibPatches = sample.leading(mllibCount, channels);
    float[] square =
        Arrays.copyOf(sample.leading(channelRows(sample), channels), channels * channels);
    float[] product = new float[patches * channels];
    List<PatchMaps> maps = sample.trainMaps().subList(0, images.length);
    try (MllibRows mllibRows = new MllibRows(context.spark(), mllibPatches, mllibCount, channels);
        NativeMatrix resident = NativeMatrix.copyOf(List.of(square), channels, channels)) {
      Candidate<PartialCovariance> ours =
          Candidate.ours(
              "blocked products, sums in float64",
              1,
              work(rows, channels),
              () -> accumulate(images, patches, channels));
      Candidate<float[]> plain =
          Candidate.yardstick(
              "a plain matrix product (sgemm)",
              1,
              Map.of(Quantity.GFLOP, 2e-9 * patches * channels * channels),
              () -> {
                resident.multiplyTransposed(images[0], patches, 0, channels, product);
                return product;
              });
      Candidate<Matrix> mllib =
          Candidate.baseline(
              "MLlib, RowMatrix.computeCovariance",
              1,
              work(mllibCount, channels),
              () -> new RowMatrix(mllibRows.rows().rdd()).computeCovariance());
      Candidate<PartialCovariance> ofMaps =
          Candidate.ours(
              "the same of stages at their own size (evaluate)",
              1,
              Map.of(Quantity.PATCHES, rows),
              () -> accumulate(maps, sample.backbone().layout()));
      List<Measurement> measurements =
          StepComparison.run(context.options(), ours, plain, mllib, ofMaps);
      return new StepResult(
          BenchmarkStep.COVARIANCE,
          measurements,
          List.of(
              agrees(
                  "MLlib's covariance",
                  accumulate(new float[][] {mllibPatches}, mllibCount, channels),
                  mllib.result().toArray()),
              agrees(
                  "The covariance of stages at their own size",
                  ours.result(),
                  ofMaps.result().covariance())),
          Map.of(
              "channels",
              channels,
              "rows",
              (long) rows,
              "mllib_rows",
              mllibCount,
              "share_of_matrix_product_rate",
              measurements.get(0).rate(Quantity.GFLOP) / measurements.get(1).rate(Quantity.GFLOP)));
    }
  }

  private static int channelRows(Sample sample) {
    return Math.min(sample.backbone().spec().channels(), sample.trainRows());
  }

  /** The operations of one triangle, which is all that is computed. */
  private static Map<Quantity, Double> work(double rows, int channels) {
    return Map.of(
        Quantity.PATCHES, rows, Quantity.GFLOP, 1e-9 * rows * channels * (channels + 1.0));
  }

  private static PartialCovariance accumulate(float[][] images, int patches, int channels) {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(channels);
    for (float[] image : images) {
      accumulator.add(image, patches);
    }
    return accumulator.toPartial();
  }

  private static PartialCovariance accumulate(List<PatchMaps> images, PatchLayout layout) {
    MapCovariance accumulator = new MapCovariance(layout);
    images.forEach(accumulator::add);
    return accumulator.toPartial();
  }

  private static Check agrees(String what, PartialCovariance covariance, double[] theirs) {
    double[] ours = covariance.covariance();
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < ours.length; i++) {
      largest = Math.max(largest, Math.abs(theirs[i]));
      difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
    }
    return Check.within(
        what,
        "the largest difference of the same rows' covariances, in parts of the largest entry",
        difference / largest,
        TOLERANCE);
  }
}
