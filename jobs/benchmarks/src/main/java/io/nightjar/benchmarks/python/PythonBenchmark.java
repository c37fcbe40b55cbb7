package io.nightjar.benchmarks.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.benchmark.harness.BenchmarkOptions;
import io.nightjar.benchmark.harness.ConcurrentTasks;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmarks.support.BottleFiles;
import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.benchmarks.support.WorkFolder;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.image.RgbImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Decoding, the network and the search next to Pillow, torch and Faiss on real images of bottle, in
 * turns, each by its own process's processor time.
 */
@Command(
    name = "python",
    description = "Decoding, network and search against Pillow, torch and Faiss.")
public final class PythonBenchmark implements Callable<Integer> {
  private static final int BATCH = 8;
  private static final int DECODED = 32;
  private static final int CORES = ConcurrentTasks.cores();

  @Mixin private BottleFiles files;

  @Option(
      names = "--python",
      defaultValue = "python3",
      description =
          "A Python with what jobs/benchmarks/src/main/python/baseline.py needs (default:"
              + " ${DEFAULT-VALUE}).")
  private String python;

  @Option(names = "--rounds", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  /** What is run in turns with its counterpart. */
  private interface Side {
    PythonSteps.Run run() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    Category category = files.bottle();
    Sample sample =
        Sample.read(
            category, files.backbone(), new BenchmarkOptions(rounds, false), new Configuration());
    try (WorkFolder work = new WorkFolder();
        PythonSteps steps = start(work.path(), sample);
        ExactSearch search = new ExactSearch(sample.bank())) {
      System.out.println("Next to " + steps.versions() + ", on " + CORES + " cores");
      network(sample, steps);
      decode(category, sample, steps);
      search(search, sample.queries(), sample.queryCount(), steps);
    }
    return 0;
  }

  private PythonSteps start(Path work, Sample sample) throws IOException {
    Path bankFile = work.resolve("bank.f32");
    try (OutputStream out = Files.newOutputStream(bankFile)) {
      for (float[] block : sample.bank().blocks()) {
        out.write(bytes(block));
      }
    }
    Path queryFile = Files.write(work.resolve("queries.f32"), bytes(sample.queries()));
    return PythonSteps.start(
        python,
        List.of(
            "--images",
            files.mvtecAd().resolve("bottle/train/good").toString(),
            "--count",
            String.valueOf(DECODED),
            "--batch",
            String.valueOf(BATCH),
            "--bank",
            bankFile.toString(),
            "--queries",
            queryFile.toString(),
            "--dimension",
            String.valueOf(sample.bank().dimension()),
            "--threads",
            String.valueOf(CORES)));
  }

  private void network(Sample sample, PythonSteps python) throws IOException {
    List<RgbImage> images =
        IntStream.range(0, BATCH).mapToObj(i -> sample.input(sample.train().get(i))).toList();
    Embedder embedder = Embedders.forTask(sample.backbone(), DeviceRequest.CPU, 1);
    int batches = 2 * CORES;
    Side ours =
        timed(
            () -> {
              ConcurrentTasks.run(CORES, batches, task -> embedder.embed(images));
              return batches * BATCH;
            });
    for (String variant :
        List.of(
            "eager",
            "eager-channels-last",
            "torchscript-fused",
            "torchscript-fused-channels-last")) {
      Side theirs = () -> python.run(variant);
      print("network, " + variant, compare(ours, batches * BATCH, theirs, BATCH));
    }
  }

  private void decode(Category category, Sample sample, PythonSteps python) throws IOException {
    List<Sample.Encoded> files =
        Sample.read(
                new Category(
                    category.name(), category.train().subList(0, DECODED), category.test()),
                sample.backbone(),
                new BenchmarkOptions(1, false),
                sample.configuration())
            .train();
    Side ours =
        timed(
            () -> {
              double sum = 0;
              for (Sample.Encoded file : files) {
                for (byte value : sample.input(file).pixels()) {
                  sum += value & 0xff;
                }
              }
              return sum;
            });
    Side theirs = () -> python.run("decode");
    assertThat(ours.run().result()).isEqualTo(theirs.run().result());
    print("decode and resize, one thread", compare(ours, DECODED, theirs, DECODED));
  }

  private void search(ExactSearch search, float[] queries, int count, PythonSteps python)
      throws IOException {
    int part = search.bank().dimension() * (count / CORES);
    Side ours =
        timed(
            () ->
                ConcurrentTasks.run(
                        CORES,
                        CORES,
                        task -> {
                          float[] own = Arrays.copyOfRange(queries, task * part, (task + 1) * part);
                          double sum = 0;
                          for (float distance : search.meanDistances(own, count / CORES, 1)) {
                            sum += distance;
                          }
                          return sum;
                        })
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .sum());
    Side theirs = () -> python.run("search");
    double expected = theirs.run().result();
    assertThat(ours.run().result()).isCloseTo(expected, within(1e-4 * expected));
    print("search", compare(ours, count, theirs, count));
  }

  private interface Work {
    double run();
  }

  private static Side timed(Work work) {
    return () -> {
      double processor = ProcessorTime.processSeconds();
      long start = System.nanoTime();
      double result = work.run();
      return new PythonSteps.Run(
          (System.nanoTime() - start) / 1e9, ProcessorTime.processSeconds() - processor, result);
    };
  }

  /** Medians over the rounds; the first warms up. */
  private record Ratios(double oursPerSecond, double theirsPerSecond, double processorTime) {}

  private Ratios compare(Side ours, int ourWork, Side theirs, int theirWork) throws IOException {
    List<Double> ourRates = new ArrayList<>();
    List<Double> theirRates = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int round = -1; round < rounds; round++) {
      PythonSteps.Run own = ours.run();
      PythonSteps.Run other = theirs.run();
      if (round >= 0) {
        ourRates.add(ourWork / own.wall());
        theirRates.add(theirWork / other.wall());
        processor.add(other.processor() / theirWork / (own.processor() / ourWork));
      }
    }
    return new Ratios(median(ourRates), median(theirRates), median(processor));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void print(String step, Ratios ratios) {
    System.out.printf(
        Locale.ROOT,
        "%-44s ours %9.1f/s, theirs %9.1f/s: %5.2f times the rate, %5.2f times by processor time%n",
        step,
        ratios.oursPerSecond(),
        ratios.theirsPerSecond(),
        ratios.oursPerSecond() / ratios.theirsPerSecond(),
        ratios.processorTime());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
