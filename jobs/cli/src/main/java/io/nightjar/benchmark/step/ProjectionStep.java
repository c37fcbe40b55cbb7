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
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vectors;

/** Patches to their components on one core, next to the product that MLlib's model does a row. */
public final class ProjectionStep implements StepBenchmark {
  private static final int IMAGES = 4;
  private static final double TOLERANCE = 1e-4;

  @Override
  public StepResult run(BenchmarkContext context) {
    Sample sample = context.sample();
    PrincipalComponents components = sample.components();
    int channels = components.channels();
    int count = Math.min(IMAGES, sample.train().size()) * sample.backbone().spec().patches();
    float[] rows = sample.leading(count, channels);
    int few = Math.min(count, sample.backbone().spec().patches());
    Matrix transposed = MllibSolver.toModel(components).pc().transpose();
    Candidate<float[]> ours =
        Candidate.ours(
            Text.format("%d channels to %d components", channels, components.count()),
            1,
            work(count, components),
            () -> components.project(rows, count));
    Candidate<List<double[]>> mllib =
        Candidate.baseline(
            "MLlib's PCAModel, a row at a time",
            1,
            work(few, components),
            () -> inMllib(transposed, rows, few, channels));
    List<Measurement> measurements = StepComparison.run(context.options(), ours, mllib);
    return new StepResult(
        BenchmarkStep.PROJECTION,
        measurements,
        List.of(check(ours.result(), mllib.result(), components.meanCoordinates())),
        Map.of("components", components.count(), "patches", count, "mllib_patches", few));
  }

  private static Map<Quantity, Double> work(int count, PrincipalComponents components) {
    double gflop = 2e-9 * count * components.channels() * components.count();
    return Map.of(Quantity.PATCHES, (double) count, Quantity.GFLOP, gflop);
  }

  private static List<double[]> inMllib(Matrix basis, float[] rows, int count, int channels) {
    List<double[]> projected = new ArrayList<>(count);
    double[] row = new double[channels];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < channels; j++) {
        row[j] = rows[i * channels + j];
      }
      projected.add(basis.multiply(Vectors.dense(row)).toArray());
    }
    return projected;
  }

  /** MLlib does not centre: its coordinates are ours and those of the mean. */
  private static Check check(float[] ours, List<double[]> mllib, double[] mean) {
    double largest = 0;
    double difference = 0;
    for (int row = 0; row < mllib.size(); row++) {
      for (int i = 0; i < mean.length; i++) {
        double theirs = mllib.get(row)[i] - mean[i];
        largest = Math.max(largest, Math.abs(theirs));
        difference = Math.max(difference, Math.abs(ours[row * mean.length + i] - theirs));
      }
    }
    return Check.within(
        "MLlib's PCAModel",
        "the largest difference of a coordinate, in parts of the largest",
        difference / largest,
        TOLERANCE);
  }
}
