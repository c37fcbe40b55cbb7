package io.nightjar.benchmark;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.backbone.Embedder;
import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.TrunkCost;
import io.nightjar.dataset.RgbImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The network on one core, and on every core as tasks side by side, one thread each. */
final class TrunkStep implements StepBenchmark {
  private static final int BATCH = 8;

  @Override
  public StepResult run(Workbench bench) {
    Sample sample = bench.sample();
    List<Sample.Encoded> train = sample.train();
    List<RgbImage> batch =
        IntStream.range(0, BATCH).mapToObj(i -> sample.input(train.get(i % train.size()))).toList();
    Embedder embedder = Embedders.forTask(sample.trunk(), DeviceRequest.CPU, 1);
    int cores = ConcurrentTasks.cores();
    Contender<float[]> single =
        Contender.ours("batches of 8", 1, work(sample, 1), () -> embedder.embed(batch));
    Contender<List<float[]>> concurrent =
        Contender.ours(
            "batches of 8, a task on each core",
            cores,
            work(sample, cores),
            () -> ConcurrentTasks.run(cores, cores, task -> embedder.embed(batch)));
    List<Measurement> measurements = Race.run(bench.effort(), single, concurrent);
    boolean same =
        concurrent.result().stream().allMatch(task -> Arrays.equals(task, single.result()));
    return new StepResult(
        BenchmarkStep.TRUNK,
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
    return 2.0 * TrunkCost.multiplyAdds(sample.trunk().spec()) / 1e9;
  }
}
