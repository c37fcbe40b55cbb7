package io.nightjar.benchmarks;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.Frobenius;
import io.nightjar.backbone.engine.TorchTwin;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.benchmarks.support.ChildJvm;
import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the backbone costs next to the same backbone on PyTorch: stages 1 to 3 of a seeded ResNet-50
 * at 224x224 on two threads, in a process of its own. The two take turns, and processor time is
 * printed next to rates, so that ratios hold on a machine that is not quiet. Ours includes the
 * patches' way to the Java heap, PyTorch's ends with the stages.
 */
@Command(name = "backbone", description = "The backbone against PyTorch in the JVM.")
final class BackboneBenchmark implements Callable<Integer> {
  private static final int BATCH = 8;
  private static final int THREADS = 2;
  private static final EmbeddingSpec SPEC = EmbeddingSpec.of(Architecture.RESNET50);
  private static final String BASELINE = "PyTorch, operator by operator, batch norm folded";

  @Option(names = "--rounds", defaultValue = "9", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    return ChildJvm.run(
        BackboneBenchmark.class,
        List.of("-Xmx2g", "-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=" + THREADS),
        // PyTorch's threads collapse on a busy machine where they spin while they wait.
        Map.of("OMP_WAIT_POLICY", "passive"),
        Integer.toString(rounds));
  }

  /** A way to send images through the backbone. */
  private record Candidate(int images, Callable<?> run) {}

  public static void main(String[] args) throws Exception {
    Weights weights = SeededWeights.of(Architecture.RESNET50, 1);
    BackboneModel model = BackboneModel.build(SPEC, weights);
    List<RgbImage> images =
        IntStream.range(0, BATCH).mapToObj(i -> randomImage(SPEC.imageSize().width(), i)).toList();
    Embedder one = Embedders.forTask(model, DeviceRequest.CPU, THREADS);
    Embedder each = Embedders.forTask(model, DeviceRequest.CPU, 1);
    ExecutorService tasks = Executors.newFixedThreadPool(THREADS);
    try (TorchTwin twin = TorchTwin.folded(SPEC, weights)) {
      requireAgreement(one.embed(images), twin, images.get(0));
      Map<String, Candidate> candidates = new LinkedHashMap<>();
      candidates.put(BASELINE, new Candidate(BATCH, () -> run(twin, images)));
      candidates.put(
          Text.format("ours, %d threads on one batch", THREADS),
          new Candidate(BATCH, () -> one.embed(images)));
      candidates.put(
          Text.format("ours, %d tasks of one thread", THREADS),
          new Candidate(THREADS * BATCH, () -> atOnce(tasks, () -> each.embed(images))));
      print(measure(candidates, Integer.parseInt(args[0])));
    } finally {
      tasks.shutdown();
    }
  }

  private static Object run(TorchTwin twin, List<RgbImage> images) {
    twin.run(images);
    return images;
  }

  private static Object atOnce(ExecutorService tasks, Callable<float[]> task) throws Exception {
    List<Future<float[]>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(tasks.submit(task));
    }
    for (Future<float[]> future : running) {
      future.get();
    }
    return running;
  }

  private static void requireAgreement(float[] patches, TorchTwin twin, RgbImage first) {
    float[] ours = Arrays.copyOf(patches, SPEC.patches() * SPEC.channels());
    double difference = Frobenius.relative(ours, twin.embed(first));
    System.out.printf(Locale.ROOT, "relative difference of the outputs %.1e%n", difference);
    if (!(difference < 1e-4)) {
      throw new IllegalStateException("The backbones disagree");
    }
  }

  /** What a candidate needed in each round. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of numbers, never compared
  private record Rounds(double[] imagesPerSecond, double[] cpuMillisPerImage) {}

  /** Runs the candidates in turn, round by round; the first round warms up. */
  private static Map<String, Rounds> measure(Map<String, Candidate> candidates, int count)
      throws Exception {
    Map<String, Rounds> measured = new LinkedHashMap<>();
    for (int round = -1; round < count; round++) {
      for (Map.Entry<String, Candidate> entry : candidates.entrySet()) {
        int images = entry.getValue().images();
        double cpu = ProcessorTime.processSeconds();
        long start = System.nanoTime();
        entry.getValue().run().call();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = 1e3 * (ProcessorTime.processSeconds() - cpu);
        if (round >= 0) {
          Rounds rounds =
              measured.computeIfAbsent(
                  entry.getKey(), name -> new Rounds(new double[count], new double[count]));
          rounds.imagesPerSecond()[round] = images / seconds;
          rounds.cpuMillisPerImage()[round] = cpuMillis / images;
        }
      }
    }
    return measured;
  }

  private static void print(Map<String, Rounds> measured) {
    Rounds baseline = measured.get(BASELINE);
    System.out.printf(
        Locale.ROOT,
        "%-52s %9s %6s %13s %6s%n",
        Text.format("medians of %d rounds", baseline.imagesPerSecond().length),
        "images/s",
        "ratio",
        "CPU ms/image",
        "ratio");
    measured.forEach(
        (name, rounds) ->
            System.out.printf(
                Locale.ROOT,
                "%-52s %9.1f %6.2f %13.1f %6.2f%n",
                name,
                ProcessorTime.median(rounds.imagesPerSecond()),
                medianRatio(rounds.imagesPerSecond(), baseline.imagesPerSecond()),
                ProcessorTime.median(rounds.cpuMillisPerImage()),
                medianRatio(baseline.cpuMillisPerImage(), rounds.cpuMillisPerImage())));
  }

  private static double medianRatio(double[] over, double[] under) {
    return ProcessorTime.median(
        IntStream.range(0, over.length).mapToDouble(i -> over[i] / under[i]).toArray());
  }

  private static RgbImage randomImage(int side, long seed) {
    byte[] pixels = new byte[3 * side * side];
    new Random(seed).nextBytes(pixels);
    return new RgbImage(side, side, pixels);
  }
}
