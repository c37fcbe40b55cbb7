package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.engine.Frobenius;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.engine.TorchTwin;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What the backbone costs beside the same backbone on PyTorch: stages 1 to 3 of a seeded ResNet-50
 * at 224x224 on two threads, in a process of its own. The two take turns, and processor time stands
 * beside rates, so that ratios hold on a machine that is not quiet. Ours includes the patches' way
 * to the Java heap, PyTorch's ends with the stages. Its name keeps it out of the build; run it with
 * {@code mvn -pl jobs test -Dtest=BackboneBenchmark}.
 */
class BackboneBenchmark {
  private static final int BATCH = 8;
  private static final int THREADS = 2;
  private static final int ROUNDS = 9;
  private static final EmbeddingSpec SPEC = EmbeddingSpec.of(Architecture.RESNET50);
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final String BASELINE = "PyTorch, operator by operator, batch norm folded";

  @Test
  void run() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + THREADS,
                "-cp",
                classPath,
                BackboneBenchmark.class.getName())
            .redirectErrorStream(true);
    // PyTorch's threads collapse on a busy machine where they spin while they wait.
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    Process process = builder.start();
    process.getInputStream().transferTo(System.out);
    assertThat(process.waitFor()).isZero();
  }

  /** A way to send images through the backbone. */
  private record Contender(int images, Callable<?> run) {}

  public static void main(String[] args) throws Exception {
    Weights weights = SeededWeights.of(Architecture.RESNET50, 1);
    BackboneModel model = BackboneModel.build(SPEC, weights);
    List<RgbImage> images =
        IntStream.range(0, BATCH).mapToObj(i -> TinyImages.random(SPEC.imageSize(), i)).toList();
    Embedder one = Embedders.forTask(model, DeviceRequest.CPU, THREADS);
    Embedder each = Embedders.forTask(model, DeviceRequest.CPU, 1);
    ExecutorService tasks = Executors.newFixedThreadPool(THREADS);
    try (TorchTwin twin = TorchTwin.folded(SPEC, weights)) {
      requireAgreement(one.embed(images), twin, images.get(0));
      Map<String, Contender> contenders = new LinkedHashMap<>();
      contenders.put(BASELINE, new Contender(BATCH, () -> run(twin, images)));
      contenders.put(
          Text.format("ours, %d threads on one batch", THREADS),
          new Contender(BATCH, () -> one.embed(images)));
      contenders.put(
          Text.format("ours, %d tasks of one thread", THREADS),
          new Contender(THREADS * BATCH, () -> atOnce(tasks, () -> each.embed(images))));
      print(measure(contenders));
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

  /** What a contender needed in each round. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of numbers, never compared
  private record Rounds(double[] imagesPerSecond, double[] cpuMillisPerImage) {}

  /** Runs the contenders in turn, round by round; the first round warms up. */
  private static Map<String, Rounds> measure(Map<String, Contender> contenders) throws Exception {
    Map<String, Rounds> measured = new LinkedHashMap<>();
    for (int round = -1; round < ROUNDS; round++) {
      for (Map.Entry<String, Contender> entry : contenders.entrySet()) {
        int images = entry.getValue().images();
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        entry.getValue().run().call();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = (PROCESS.getProcessCpuTime() - cpu) / 1e6;
        if (round >= 0) {
          Rounds rounds =
              measured.computeIfAbsent(
                  entry.getKey(), name -> new Rounds(new double[ROUNDS], new double[ROUNDS]));
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
        Text.format("medians of %d rounds", ROUNDS),
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
                median(rounds.imagesPerSecond()),
                medianRatio(rounds.imagesPerSecond(), baseline.imagesPerSecond()),
                median(rounds.cpuMillisPerImage()),
                medianRatio(baseline.cpuMillisPerImage(), rounds.cpuMillisPerImage())));
  }

  private static double medianRatio(double[] over, double[] under) {
    return median(IntStream.range(0, ROUNDS).mapToDouble(i -> over[i] / under[i]).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
