package io.nightjar.benchmark.step;

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
import io.nightjar.pca.MllibSolver;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Principal components from patches to the chosen basis, next to MLlib's, which decomposes the
 * covariance by its singular values, in Java; so slow that some of the channels must do.
 */
public final class PcaStep implements StepBenchmark {
  private static final double VARIANCE = 0.95;
  private static final double TOLERANCE = 1e-4;

  @Override
  public StepResult run(BenchmarkContext context) {
    Sample sample = context.sample();
    int channels = Math.min(context.options().pcaChannels(), sample.backbone().spec().channels());
    int count = Math.min(context.options().pcaRows(), sample.trainRows());
    float[] rows = sample.leading(count, channels);
    Map<Quantity, Double> work = Map.of(Quantity.PATCHES, (double) count);
    Broadcast<float[]> shared = context.spark().broadcast(rows);
    try {
      JavaRDD<float[]> rdd =
          context.spark().parallelize(List.of(0), 1).map(number -> shared.value());
      Candidate<PrincipalComponents> ours =
          Candidate.ours(
              Text.format("%d patches of %d channels", count, channels),
              1,
              work,
              () -> fit(rows, count, channels));
      Candidate<PrincipalComponents> mllib =
          Candidate.baseline(
              "MLlib's PCA",
              1,
              work,
              () -> MllibSolver.fit(rdd, List.of(channels), ComponentRule.of(VARIANCE)));
      List<Measurement> measurements = StepComparison.run(context.options(), ours, mllib);
      return new StepResult(
          BenchmarkStep.PCA,
          measurements,
          List.of(check(ours.result(), mllib.result())),
          Map.of("channels", channels, "patches", count, "components", ours.result().count()));
    } finally {
      shared.destroy();
    }
  }

  private static PrincipalComponents fit(float[] rows, int count, int channels) {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(channels);
    accumulator.add(rows, count);
    return PrincipalComponents.fit(accumulator.toPartial(), VARIANCE);
  }

  private static Check check(PrincipalComponents ours, PrincipalComponents mllib) {
    if (ours.count() != mllib.count()) {
      return new Check(
          "MLlib's PCA",
          false,
          Text.format("it keeps %d components, ours %d", mllib.count(), ours.count()));
    }
    double[] mine = ours.eigenvalues();
    double[] theirs = mllib.eigenvalues();
    double difference = 0;
    for (int i = 0; i < mine.length; i++) {
      difference = Math.max(difference, Math.abs(mine[i] - theirs[i]));
    }
    return Check.within(
        "MLlib's PCA",
        "the largest difference of the variances, in parts of the largest",
        difference / mine[0],
        TOLERANCE);
  }
}
