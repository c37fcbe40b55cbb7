package io.nightjar.benchmark.step;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.spec.BackboneCost;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.ConcurrentTasks;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.dataset.image.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The network on one core, and on every core as tasks side by side, one thread each. */
public final class BackboneStep implements StepBenchmark {
  private static final int BATCH = 8;

  @Override
  public StepResult run(BenchmarkContext context) {
    Sample sample = context.sample();
    List<Sample.Encoded> train = sample.train();
    List<RgbImage> batch =
        IntStream.range(0, BATCH).mapToObj(i -> sample.input(train.get(i % train.size()))).toList();
    Embedder embedder = Embedders.forTask(sample.backbone(), DeviceRequest.CPU, 1);
    int cores = ConcurrentTasks.cores();
    Candidate<float[]> single =
        Candidate.ours("batches of 8", 1, work(sample, 1), () -> embedder.embed(batch));
    Candidate<List<float[]>> concurrent =
        Candidate.ours(
            "batches of 8, a task on each core",
            cores,
            work(sample, cores),
            () -> ConcurrentTasks.run(cores, cores, task -> embedder.embed(batch)));
    List<Measurement> measurements = StepComparison.run(context.options(), single, concurrent);
    boolean same =
        concurrent.result().stream().allMatch(task -> Arrays.equals(task, single.result()));
    return new StepResult(
        BenchmarkStep.BACKBONE,
        measurements,
        List.of(
            new Check(
                "tasks side by side",
                same,
                same
                    ? "every task's embeddings equal those of one alone, bit for bit"
                    : "a task's embeddings differ from those of one alone")),
        Map.of(
            "gflop_per_image",
            gflop(sample),
            "times_one_core",
            measurements.get(1).rate(Quantity.IMAGES) / measurements.get(0).rate(Quantity.IMAGES)));
  }

  private static Map<Quantity, Double> work(Sample sample, int tasks) {
    double images = (double) BATCH * tasks;
    return Map.of(Quantity.IMAGES, images, Quantity.GFLOP, images * gflop(sample));
  }

  private static double gflop(Sample sample) {
    return 2.0 * BackboneCost.multiplyAdds(sample.backbone().spec()) / 1e9;
  }
}
