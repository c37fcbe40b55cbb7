package io.nightjar.benchmarks.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.approximate.LshMethod;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.index.SharedIndex;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.benchmark.harness.BenchmarkOptions;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmarks.support.BottleFiles;
import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.bytedeco.javacpp.Pointer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Recall, error, speed, building time and memory of the approximate searches next to the exact one,
 * on the patches of MVTec AD's bottle: all normal images in the bank, the patches of some test
 * images as queries, one thread.
 */
@Command(name = "search", description = "Approximate searches against the exact one on bottle.")
public final class SearchMethodsBenchmark implements Callable<Integer> {
  private static final int PATCHES = 784;
  private static final double MIB = 1 << 20;

  /** Deviation of the noise, in parts of that of the rows along a random direction. */
  private static final double NOISE = 0.05;

  @Mixin private BottleFiles files;

  @Option(
      names = "--methods",
      split = ",",
      defaultValue = "ivf,lsh,hnsw",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<String> methods;

  @Option(
      names = "--copies",
      defaultValue = "1",
      description =
          "Enlarges the bank by copies with small noise from a seed (default: ${DEFAULT-VALUE}).")
  private int copies;

  @Option(names = "--quick", description = "The patches of a few images only.")
  private boolean quick;

  @Override
  public Integer call() throws IOException {
    Sample sample =
        Sample.read(
            files.bottle(), files.backbone(), new BenchmarkOptions(1, quick), new Configuration());
    compare(sample.bank(), sample.queries(), sample.queryCount());
    return 0;
  }

  /** Prints the table for a bank and the patches of some images. */
  private void compare(MemoryBank original, float[] queries, int count) throws IOException {
    MemoryBank bank = copies(original, copies);
    System.out.printf(
        Locale.ROOT,
        "%d rows x %d, %d queries of %d images%n",
        bank.rows(),
        bank.dimension(),
        count,
        count / PATCHES);
    System.out.println(
        "method, settings | recall@1 | error of the distance | queries/s | CPU s an image"
            + " | index CPU s | open CPU s | MiB | widened | exhaustive");
    try (SparkSession spark = Sparks.local(1)) {
      Neighbours exact;
      long before = memory();
      double start = ProcessorTime.processSeconds();
      try (ExactSearch search = new ExactSearch(bank)) {
        double opened = ProcessorTime.processSeconds() - start;
        exact = measure("exact", 0, opened, before, search, queries, count, null);
      }
      settings()
          .filter(group -> methods.contains(group.get(0).name()))
          .forEach(group -> measure(spark, bank, group, queries, count, exact));
      assertThat(exact.rows()).hasSize(count);
    }
  }

  /** Methods that share what is fitted or built are in one group. */
  private static Stream<List<SearchMethod>> settings() {
    return Stream.of(
        Stream.of(1, 4, 16, 64).map(probes -> (SearchMethod) new IvfMethod(0, probes, 1)).toList(),
        List.of(new LshMethod(8, 8, 0, 1)),
        List.of(new LshMethod(16, 8, 0, 1)),
        List.of(new LshMethod(16, 16, 0, 1)),
        List.of(new LshMethod(32, 16, 0, 1)),
        Stream.of(32, 64, 128, 256).map(ef -> (SearchMethod) new HnswMethod(16, 100, ef)).toList());
  }

  private static void measure(
      SparkSession spark,
      MemoryBank bank,
      List<SearchMethod> group,
      float[] queries,
      int count,
      Neighbours exact) {
    long before = memory();
    double start = ProcessorTime.processSeconds();
    Function<SearchMethod, NearestSearch> index = SharedIndex.of(group.get(0), spark, bank);
    double built = ProcessorTime.processSeconds() - start;
    for (SearchMethod method : group) {
      start = ProcessorTime.processSeconds();
      NearestSearch search = index.apply(method);
      double opened = ProcessorTime.processSeconds() - start;
      measure(
          method.name() + " " + method.settings(),
          built,
          opened,
          before,
          search,
          queries,
          count,
          exact);
      if (!(method instanceof HnswMethod)) {
        // A graph is shared, and lies on the heap.
        search.close();
      }
    }
  }

  private static Neighbours measure(
      String name,
      double fit,
      double open,
      long before,
      NearestSearch search,
      float[] queries,
      int count,
      Neighbours exact) {
    long held = memory() - before;
    search.nearest(queries, Math.min(count, 2 * PATCHES), 1);
    double start = ProcessorTime.threadSeconds();
    Neighbours found = search.nearest(queries, count, 1);
    double seconds = ProcessorTime.threadSeconds() - start;
    Neighbours truth = exact == null ? found : exact;
    int hits = 0;
    double error = 0;
    for (int i = 0; i < count; i++) {
      if (found.squaredDistances()[i] == truth.squaredDistances()[i]) {
        hits++;
      }
      error += Math.sqrt(found.squaredDistances()[i] / truth.squaredDistances()[i]) - 1;
    }
    System.out.printf(
        Locale.ROOT,
        "%s | %.4f | %.5f | %.0f | %.4f | %.1f | %.1f | %.0f | %d | %d%n",
        name,
        (double) hits / count,
        error / count,
        count / seconds,
        seconds / count * PATCHES,
        fit,
        open,
        held / MIB,
        found.fallbacks().widened(),
        found.fallbacks().exhaustive());
    return found;
  }

  private static MemoryBank copies(MemoryBank bank, int copies) {
    SplittableRandom random = new SplittableRandom(1);
    double squares = 0;
    for (float[] block : bank.blocks()) {
      for (float value : block) {
        squares += (double) value * value;
      }
    }
    double noise = NOISE * Math.sqrt(squares / bank.rows() / bank.dimension());
    List<float[]> blocks = new ArrayList<>(bank.blocks());
    for (int copy = 1; copy < copies; copy++) {
      for (float[] block : bank.blocks()) {
        float[] noisy = new float[block.length];
        for (int i = 0; i < block.length; i++) {
          noisy[i] = (float) (block[i] + noise * random.nextGaussian());
        }
        blocks.add(noisy);
      }
    }
    return new MemoryBank(bank.dimension(), blocks);
  }

  /** Bytes on the heap and in native matrices. */
  private static long memory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + Pointer.totalBytes();
  }
}
