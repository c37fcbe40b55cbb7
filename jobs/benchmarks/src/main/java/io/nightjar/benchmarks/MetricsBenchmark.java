package io.nightjar.benchmarks;

import io.nightjar.benchmark.harness.ConcurrentTasks;
import io.nightjar.benchmarks.support.ChildJvm;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CoarseBins;
import io.nightjar.metric.CoarseFeed;
import io.nightjar.metric.ImageCounts;
import io.nightjar.metric.ImageFeed;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.exact.ExactAccumulator;
import io.nightjar.metric.exact.ExactMetrics;
import io.nightjar.metric.exact.ExactPart;
import io.nightjar.metric.exact.ExactRange;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.RowConsumer;
import io.nightjar.score.Upsampling;
import io.nightjar.text.Text;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the metrics cost: 28x28 maps upsampled to 900x900 and counted on two threads, in a process
 * of its own with a heap of 256 MB.
 */
@Command(name = "metrics", description = "The metrics of a billion pixels in a heap of 256 MB.")
final class MetricsBenchmark implements Callable<Integer> {
  private static final int SIDE = 900;
  private static final int THREADS = 2;
  private static final int MASKS = 12;

  /** As many images as the category bottle has. */
  private static final int BOTTLE = 83;

  @Option(
      names = "--images",
      defaultValue = "1235",
      description = "Images of the long run (default: ${DEFAULT-VALUE}, a billion pixels).")
  private int images;

  @Override
  public Integer call() throws Exception {
    return ChildJvm.run(
        MetricsBenchmark.class, List.of("-Xmx256m"), Map.of(), Integer.toString(images));
  }

  public static void main(String[] args) {
    List<Mask> masks = masks();
    System.out.printf(Locale.ROOT, "heap at most %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
    System.out.printf(Locale.ROOT, "%-48s %12s %8s %9s%n", "", "pixels", "seconds", "ns/pixel");
    for (int round = 1; round <= 3; round++) {
      measure(masks, BOTTLE, "round " + round);
    }
    CategoryCounts counts =
        measure(masks, Integer.parseInt(args[0]), Text.format("%s images", args[0]));
    exactMode(masks, firstPass(masks, BOTTLE));
    System.out.printf(
        Locale.ROOT,
        "%s%nlargest heap after a collection %d MB%n",
        counts.metrics().pixel().auprc(),
        heapAfterCollection() >> 20);
  }

  private static CategoryCounts measure(List<Mask> masks, int images, String label) {
    long start = System.nanoTime();
    CategoryCounts counts = firstPass(masks, images);
    CategoryMetrics metrics = counts.metrics();
    print(label + ": AUPRC, AUROC, AUPRO and pass 1", counts.pixels(), start);
    if (!metrics.aupro30().isPresent()) {
      throw new IllegalStateException("The benchmark's images have no AUPRO");
    }
    start = System.nanoTime();
    CoarseBins bins = counts.coarseBins();
    List<ImageCounts> each =
        ConcurrentTasks.run(
            THREADS,
            images,
            i -> {
              CoarseFeed feed = bins.image(path(i), mask(masks, i));
              upsample(i, feed);
              return feed.end();
            });
    print(label + ": pass 2, counting", counts.pixels(), start);
    start = System.nanoTime();
    counts.complete(each);
    print(label + ": AUPIMO and intervals", counts.pixels(), start);
    return counts;
  }

  private static CategoryCounts firstPass(List<Mask> masks, int images) {
    CategoryCounts[] parts = new CategoryCounts[THREADS];
    ConcurrentTasks.run(
        THREADS,
        THREADS,
        thread -> {
          CategoryCounts part = new CategoryCounts();
          for (int i = thread; i < images; i += THREADS) {
            ImageFeed feed = part.image(path(i), defect(i), !good(i), mask(masks, i));
            upsample(i, feed);
            feed.end();
          }
          parts[thread] = part;
          return thread;
        });
    parts[0].merge(parts[1]);
    return parts[0];
  }

  private static void exactMode(List<Mask> masks, CategoryCounts counts) {
    long start = System.nanoTime();
    List<ExactRange> ranges = counts.exactRanges(8_000_000);
    List<ExactPart> parts =
        ConcurrentTasks.run(
            THREADS,
            ranges.size(),
            range -> {
              ExactAccumulator accumulator = new ExactAccumulator(ranges.get(range));
              for (int i = 0; i < BOTTLE; i++) {
                upsample(i, accumulator.image(mask(masks, i)));
              }
              return accumulator.part();
            });
    PixelMetrics exact = ExactMetrics.of(parts);
    print(Text.format("exact mode, %d ranges", ranges.size()), counts.pixels(), start);
    System.out.printf(
        Locale.ROOT,
        "exact AUPRC %.15f, bounds %s%n",
        exact.auprc().getAsDouble(),
        counts.metrics().pixel().auprc());
  }

  private static boolean good(int image) {
    return image % 4 == 3;
  }

  private static String defect(int image) {
    return good(image) ? "good" : "defect" + image % 4;
  }

  private static String path(int image) {
    return Text.format("test/%s/%04d.png", defect(image), image);
  }

  private static Mask mask(List<Mask> masks, int image) {
    return good(image) ? Mask.empty(SIDE, SIDE) : masks.get(image % MASKS);
  }

  /**
   * Distances as of a real bank: normal patches near 8, those in the middle of a defect near 20.
   */
  private static void upsample(int image, RowConsumer consumer) {
    Random random = new Random(image);
    float[] values = new float[28 * 28];
    for (int i = 0; i < values.length; i++) {
      double defect = 0;
      if (!good(image)) {
        double dx = i % 28 - centre(image % MASKS, 0);
        double dy = Math.floorDiv(i, 28) - centre(image % MASKS, 1);
        defect = 12 * Math.exp(-(dx * dx + dy * dy) / 8);
      }
      values[i] = (float) (8 + defect + 1.5 * random.nextGaussian());
    }
    Upsampling.rows(new AnomalyMap(values, 28, 28), SIDE, SIDE, consumer);
  }

  private static double centre(int mask, int axis) {
    return 4 + (7 * mask + 11 * axis * (mask + 1)) % 20;
  }

  /** A disc each, with a few specks around it. */
  private static List<Mask> masks() {
    List<Mask> masks = new ArrayList<>();
    for (int mask = 0; mask < MASKS; mask++) {
      boolean[][] truth = new boolean[SIDE][SIDE];
      double scale = SIDE / 28.0;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          double dx = x / scale - centre(mask, 0);
          double dy = y / scale - centre(mask, 1);
          double distance = dx * dx + dy * dy;
          truth[y][x] = distance < 9 || (distance < 20 && x % 40 < 5 && y % 40 < 5);
        }
      }
      masks.add(LabelledImage.mask(truth));
    }
    return masks;
  }

  private static void print(String label, long pixels, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%-48s %12d %8.2f %9.1f%n", label, pixels, seconds, seconds / pixels * 1e9);
  }

  private static long heapAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }
}
