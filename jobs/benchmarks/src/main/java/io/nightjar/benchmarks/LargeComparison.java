package io.nightjar.benchmarks;

import io.nightjar.benchmarks.support.ChildJvm;
import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.benchmarks.support.WorkFolder;
import io.nightjar.io.Sha256;
import io.nightjar.job.CompareRuns;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.RunInfo;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long {@code compare} takes on runs of the size of MVTec AD: 15 categories with 1,725 test
 * images, drawn with replacement from those of two real runs of one category.
 */
@Command(
    name = "large-comparison",
    description = "Compares two runs of 15 categories, drawn from two runs of one category.")
final class LargeComparison implements Callable<Integer> {
  @Option(names = "--base", required = true, description = "A finished run.")
  private String base;

  @Option(names = "--candidate", required = true, description = "A finished run of the same data.")
  private String candidate;

  @Option(
      names = "--categories",
      defaultValue = "15",
      description = "Categories of the drawn runs (default: ${DEFAULT-VALUE}).")
  private int categories;

  @Option(
      names = "--images",
      defaultValue = "115",
      description = "Test images of each category (default: ${DEFAULT-VALUE}).")
  private int images;

  @Override
  public Integer call() throws Exception {
    try (WorkFolder work = new WorkFolder()) {
      String before = draw(base, work.path().resolve("base"));
      String after = draw(candidate, work.path().resolve("candidate"));
      System.out.println("two runs of one category:");
      int code = compare(base, candidate, work.path().resolve("small"));
      System.out.printf(
          Locale.ROOT, "two runs of %d categories, %d images:%n", categories, categories * images);
      return Math.max(code, compare(before, after, work.path().resolve("large")));
    }
  }

  private static int compare(String before, String after, Path out) throws Exception {
    return ChildJvm.run(
        LargeComparison.class, List.of("-Xmx1g"), Map.of(), before, after, out.toString());
  }

  /** A comparison in a process of its own. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    double begun = ProcessorTime.processSeconds();
    ComparisonReport report =
        new CompareRuns(new Configuration())
            .baseline(arguments[0])
            .candidates(List.of(arguments[1]))
            .out(arguments[2])
            .execute();
    double seconds = (System.nanoTime() - start) / 1e9;
    double processor = ProcessorTime.processSeconds() - begun;
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.printf(
        Locale.ROOT,
        "  %.1f s, %.1f s of the processors, at most %d MB of a heap of %d MB; %s%n",
        seconds,
        processor,
        peak >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        report.sentence());
  }

  /** Both runs draw the same images, since they draw by number from the same paths. */
  private String draw(String location, Path out) throws IOException {
    FinishedRun run = FinishedRun.read(location, new Configuration());
    CategoryResult result = run.report().categories().get(0);
    CategorySample sample = run.samples().get(result.category());
    ReportFiles files = new ReportFiles(out.toString(), new Configuration());
    List<CategoryResult> drawn = new ArrayList<>();
    for (int i = 0; i < categories; i++) {
      String name = Text.format("category-%02d", i);
      drawn.add(named(result, name));
      files.writeSample(sample(sample, name, new SplittableRandom(i)));
    }
    RunInfo info = run.report().run();
    files.write(
        new EvaluationReport(
            new RunInfo(info.title(), List.of(), info.details()), drawn, List.of()),
        Comparison.none("drawn from the images of one category"),
        List.of());
    return out.toString();
  }

  private CategoryResult named(CategoryResult result, String name) {
    return new CategoryResult(
        name,
        result.trainImages(),
        images,
        List.of(),
        result.components(),
        result.bankRows(),
        result.metrics(),
        result.resolution(),
        result.seconds(),
        result.stageSeconds(),
        List.of());
  }

  private CategorySample sample(CategorySample from, String name, SplittableRandom random) {
    List<SampleImage> drawn = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      SampleImage image = from.images().get(random.nextInt(from.images().size()));
      String path = Text.format("%s/%03d.png", image.path(), i);
      String hash = Sha256.of((name + path).getBytes(StandardCharsets.UTF_8));
      drawn.add(
          new SampleImage(
              path,
              image.defect(),
              image.defective(),
              image.item(),
              image.hasTruth(),
              image.score(),
              new SampleImage.Hashes(hash, image.hashes().mask(), image.hashes().map()),
              image.negatives(),
              image.regions(),
              image.defects()));
    }
    return new CategorySample(name, from.resolution(), from.edges(), from.exact(), drawn);
  }
}
