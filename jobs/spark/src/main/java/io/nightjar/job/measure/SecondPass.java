package io.nightjar.job.measure;

import io.nightjar.dataset.Mask;
import io.nightjar.dataset.PackedDefect;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CoarseBins;
import io.nightjar.metric.CoarseFeed;
import io.nightjar.metric.CountedSample;
import io.nightjar.metric.ImageCounts;
import io.nightjar.metric.exact.ExactAccumulator;
import io.nightjar.metric.exact.ExactMetrics;
import io.nightjar.metric.exact.ExactPart;
import io.nightjar.metric.exact.ExactRange;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.result.SaturatedOverlap;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.score.ImageScoreKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What can be measured once the first pass has counted all images: each image in the bins that its
 * counts suggest, and the scores themselves, in exact mode and where the counts do not settle the
 * AUPRC. Both make the pixels again from the maps, which is cheaper than moving them; masks travel
 * packed, so that no file of the data set is read or decoded a second time.
 */
public final class SecondPass {
  /**
   * Pixels of one range of exact mode: 64 MiB while a task sorts them. Each range passes over all
   * images, so that smaller ones cost time.
   */
  public static final int RANGE_PIXELS = 1 << 24;

  /** Where the pooled AUPRC's bounds lie farther apart, the scores themselves decide. */
  static final double WIDEST_BOUNDS = 1e-5;

  private final RunContext run;
  private final JavaSparkContext spark;
  private final MeasureOptions options;
  private final MapMeasure measure;
  private final int rangePixels;

  /**
   * Creates a second pass; nothing runs yet.
   *
   * @param rangePixels the most pixels of one range of exact mode, such as {@link #RANGE_PIXELS}
   */
  public SecondPass(RunContext run, MeasureOptions options, MapMeasure measure, int rangePixels) {
    this.run = run;
    this.spark = run.spark();
    this.options = options;
    this.measure = measure;
    this.rangePixels = rangePixels;
  }

  /**
   * All figures of the category whose images these are, and what each image was counted as.
   *
   * @throws ChangedMapsException if a map that came as a file is no longer what it was
   */
  public Measurement measure(ScoredPart scored, StageReport stages) {
    if (scored.images().isEmpty()) {
      return new Measurement(
          saturated(scored.counts().metrics(measure.imageScore())),
          CountedSample.of(
              scored.counts(), measure.imageScore(), scored.counts().coarseBins(), List.of()));
    }
    CategoryCounts counts = scored.counts();
    ImageScoreKind kind = measure.imageScore();
    CoarseBins coarse = counts.coarseBins();
    // Meanwhile, here: what follows from the counts of the first pass. Neither changes them.
    CompletableFuture<CategoryMetrics> first =
        CompletableFuture.supplyAsync(() -> counts.metrics(kind));
    List<ImageCounts> images = countImages(scored, coarse, stages);
    CategoryMetrics metrics = saturated(counts.complete(kind, first.join(), coarse, images));
    CategorySample sample = CountedSample.of(counts, kind, coarse, images);
    boolean exact = options.exactMetrics() && counts.hasPixelFigures();
    return exact || isLoose(metrics.pixel().auprc())
        ? new Measurement(metrics.withExact(exact(scored, stages)), sample)
        : new Measurement(metrics, sample);
  }

  /** Where saturation areas are stated and nothing was counted by them, the figure says why. */
  private CategoryMetrics saturated(CategoryMetrics metrics) {
    if (!measure.saturation().isKnown() || metrics.saturated().isPresent()) {
      return metrics;
    }
    if (!measure.isAtOriginalSize()) {
      return metrics.withSaturated(
          SaturatedOverlap.undefined(
              "Saturation areas count the pixels of masks at their own size; measure with"
                  + " --resolution original"));
    }
    // Without a single defect neither kind of overlap exists, for the same reason.
    return metrics.withSaturated(
        SaturatedOverlap.undefined(((Estimate.Undefined) metrics.aupro30()).reason()));
  }

  /** Many ties, or scores over many magnitudes, leave the counts' bounds wide. */
  private static boolean isLoose(Estimate estimate) {
    return estimate.isPresent() && estimate.upper() - estimate.lower() > WIDEST_BOUNDS;
  }

  private List<ImageCounts> countImages(ScoredPart scored, CoarseBins coarse, StageReport stages) {
    Set<String> paths = Set.copyOf(scored.counts().pathsOfSecondPass());
    if (paths.isEmpty()) {
      return List.of();
    }
    List<ScoredImage> images =
        scored.images().stream()
            .filter(image -> paths.contains(image.ref().relativePath()))
            .toList();
    LongAccumulator done = stages.counter();
    stages.begin("measure each image", Counted.IMAGES, images.size(), done);
    Broadcast<CoarseBins> bins = spark.broadcast(coarse);
    Broadcast<SerializableConfiguration> shared = run.configuration();
    MapMeasure atSize = measure;
    TaskWatch watch = stages.watch();
    CollectionAccumulator<FileOutcome> changed = spark.sc().collectionAccumulator();
    try {
      List<ImageCounts> counts =
          spark
              .parallelize(images, run.partitionsOf(images.size()))
              .flatMap(
                  image -> {
                    watch.begin();
                    endIfCancelled();
                    Mask mask = image.truth().unpack();
                    CoarseFeed feed =
                        bins.value()
                            .image(
                                image.ref().relativePath(),
                                mask,
                                image.defects().stream().map(PackedDefect::unpack).toList());
                    try {
                      image.rows(atSize, shared.value().value(), feed);
                    } catch (UnreadableFileException e) {
                      changed.add(image.changed(e));
                      return Collections.emptyIterator();
                    }
                    done.add(1);
                    return List.of(feed.end()).iterator();
                  })
              .collect();
      requireUnchanged(changed);
      return counts;
    } finally {
      bins.destroy();
    }
  }

  private static void requireUnchanged(CollectionAccumulator<FileOutcome> changed) {
    if (!changed.value().isEmpty()) {
      throw new ChangedMapsException(changed.value());
    }
  }

  private PixelMetrics exact(ScoredPart scored, StageReport stages) {
    CategoryCounts counts = scored.counts();
    List<ExactRange> ranges = counts.exactRanges(rangePixels);
    LongAccumulator done = stages.counter();
    // Each range of scores goes over all images.
    stages.begin(
        "measure exactly",
        Counted.IMAGES,
        scored.images().size(),
        () -> done.sum() / Math.max(1, ranges.size()));
    Broadcast<ArrayList<ScoredImage>> images = spark.broadcast(scored.images());
    Broadcast<SerializableConfiguration> shared = run.configuration();
    MapMeasure atSize = measure;
    TaskWatch watch = stages.watch();
    CollectionAccumulator<FileOutcome> changed = spark.sc().collectionAccumulator();
    try {
      List<ExactPart> parts =
          spark
              .parallelize(ranges, ranges.size())
              .flatMap(
                  range -> {
                    watch.begin();
                    ExactAccumulator pixels = new ExactAccumulator(range);
                    for (ScoredImage image : images.value()) {
                      endIfCancelled();
                      try {
                        image.rows(
                            atSize, shared.value().value(), pixels.image(image.truth().unpack()));
                      } catch (UnreadableFileException e) {
                        changed.add(image.changed(e));
                        return Collections.emptyIterator();
                      }
                      done.add(1);
                    }
                    return List.of(pixels.part()).iterator();
                  })
              .collect();
      requireUnchanged(changed);
      return ExactMetrics.of(parts);
    } finally {
      images.destroy();
    }
  }

  /** A cancelled job ends with the image, not with the partition. */
  public static void endIfCancelled() {
    if (TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("the job was cancelled");
    }
  }
}
