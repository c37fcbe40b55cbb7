package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.OperatingSystemMXBean;
import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.benchmark.harness.BenchmarkOptions;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.ConcurrentTasks;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.testing.SharedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Decoding, the network and the search beside Pillow, torch and Faiss on real images of bottle, in
 * turns, each by its own process's processor time. Its name keeps it out of the build; run it with
 * {@code mvn -pl jobs test -Dtest=PythonBenchmark}. Needs a Python ({@code -Dpython=}, default
 * {@code python3}) with what {@code src/test/python/baseline.py} needs.
 */
class PythonBenchmark {
  private static final int ROUNDS = 7;
  private static final int BATCH = 8;
  private static final int DECODED = 32;
  private static final int CORES = ConcurrentTasks.cores();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @TempDir private Path work;

  /** What one run took and found. */
  private record Run(double wall, double processor, double result) {}

  /** Something that is run in turns with others. */
  private interface Candidate {
    Run run() throws IOException;
  }

  @Test
  void table() throws IOException {
    Configuration configuration = new Configuration();
    Category category =
        MvtecAdLayout.list(SharedFiles.mvtecAd().toString(), List.of("bottle"), configuration)
            .get(0);
    BackboneModel backbone =
        BackboneModel.load(
            EmbeddingSpec.of(Architecture.RESNET50_V1),
            SharedFiles.resnet50V1Weights().toString(),
            Optional.empty(),
            configuration);
    Sample sample =
        Sample.read(category, backbone, new BenchmarkOptions(ROUNDS, false), configuration);
    MemoryBank bank = sample.bank();
    float[] queries = sample.queries();
    Path bankFile = work.resolve("bank.f32");
    try (OutputStream out = Files.newOutputStream(bankFile)) {
      for (float[] block : bank.blocks()) {
        out.write(bytes(block));
      }
    }
    Path queryFile = Files.write(work.resolve("queries.f32"), bytes(queries));
    try (Python python = new Python(bankFile, queryFile, bank.dimension());
        ExactSearch search = new ExactSearch(bank)) {
      System.out.println("Beside " + python.versions + ", on " + CORES + " cores");
      network(sample, python);
      decode(category, sample, python);
      search(search, queries, sample.queryCount(), python);
    }
  }

  private void network(Sample sample, Python python) throws IOException {
    List<RgbImage> images =
        IntStream.range(0, BATCH).mapToObj(i -> sample.input(sample.train().get(i))).toList();
    Embedder embedder = Embedders.forTask(sample.backbone(), DeviceRequest.CPU, 1);
    int batches = 2 * CORES;
    Candidate ours =
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
      Candidate theirs = () -> python.run(variant);
      print("network, " + variant, race(ours, batches * BATCH, theirs, BATCH));
    }
  }

  private void decode(Category category, Sample sample, Python python) throws IOException {
    List<Sample.Encoded> files =
        Sample.read(
                new Category(
                    category.name(), category.train().subList(0, DECODED), category.test()),
                sample.backbone(),
                new BenchmarkOptions(1, false),
                sample.configuration())
            .train();
    Candidate ours =
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
    Candidate theirs = () -> python.run("decode");
    assertThat(ours.run().result()).isEqualTo(theirs.run().result());
    print("decode and resize, one thread", race(ours, DECODED, theirs, DECODED));
  }

  private void search(ExactSearch search, float[] queries, int count, Python python)
      throws IOException {
    int part = search.bank().dimension() * (count / CORES);
    Candidate ours =
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
    Candidate theirs = () -> python.run("search");
    double expected = theirs.run().result();
    assertThat(ours.run().result()).isCloseTo(expected, within(1e-4 * expected));
    print("search", race(ours, count, theirs, count));
  }

  private interface Work {
    double run();
  }

  private static Candidate timed(Work work) {
    return () -> {
      long processor = PROCESS.getProcessCpuTime();
      long start = System.nanoTime();
      double result = work.run();
      return new Run(
          (System.nanoTime() - start) / 1e9,
          (PROCESS.getProcessCpuTime() - processor) / 1e9,
          result);
    };
  }

  /** Medians over the rounds; the first warms up. */
  private record Ratios(double oursPerSecond, double theirsPerSecond, double processorTime) {}

  private static Ratios race(Candidate ours, int ourWork, Candidate theirs, int theirWork)
      throws IOException {
    List<Double> ourRates = new ArrayList<>();
    List<Double> theirRates = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int round = -1; round < ROUNDS; round++) {
      Run own = ours.run();
      Run other = theirs.run();
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

  /** The other side, which runs a step when it is told to. */
  private static final class Python implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;
    private final String versions;

    Python(Path bank, Path queries, int dimension) throws IOException {
      process =
          new ProcessBuilder(
                  System.getProperty("python", "python3"),
                  Path.of("src/test/python/steps.py").toAbsolutePath().toString(),
                  "--images",
                  SharedFiles.mvtecAd().resolve("bottle/train/good").toString(),
                  "--count",
                  String.valueOf(DECODED),
                  "--batch",
                  String.valueOf(BATCH),
                  "--bank",
                  bank.toString(),
                  "--queries",
                  queries.toString(),
                  "--dimension",
                  String.valueOf(dimension),
                  "--threads",
                  String.valueOf(CORES))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      commands = process.outputWriter(StandardCharsets.UTF_8);
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      versions = answer();
    }

    Run run(String step) throws IOException {
      commands.write(step + "\n");
      commands.flush();
      String[] parts = answer().split(" ", -1);
      return new Run(
          Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("python3 ended without an answer; what it needs stands above");
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      commands.close();
      process.destroy();
    }
  }
}
