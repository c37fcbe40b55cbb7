package io.nightjar.job.output;

import io.nightjar.io.PlainName;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.VisualizationRef.Kind;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which images of a category are worth looking at: the defects found worst and best, by the AUPRC
 * over each image's own pixels, and the normal images that look most like defects. Where a
 * defective image has no mask, defects are ranked by their image scores, which all of them have.
 */
final class VisualizationSelection {
  private static final Comparator<ScoredImage> BY_AUPRC =
      Comparator.comparingDouble(ScoredImage::pixelAuprc)
          .thenComparing(image -> image.ref().relativePath());
  private static final Comparator<ScoredImage> BY_SCORE =
      Comparator.comparingDouble(ScoredImage::imageScore)
          .reversed()
          .thenComparing(image -> image.ref().relativePath());

  /** Of a file's name, which also says why its image is shown. */
  private static final int STEM_BYTES = PlainName.LONGEST - 40;

  private final String category;
  private final List<ScoredImage> images;
  private final Map<String, String> hashes;
  private final MapMeasure measure;
  private final boolean masked;
  private final float low;
  private final float high;

  /**
   * @param hashes SHA-256 of the files that were read, by path
   */
  VisualizationSelection(
      String category, List<ScoredImage> images, Map<String, String> hashes, MapMeasure measure) {
    this.category = category;
    this.images = images.stream().filter(image -> image.ref().isAtHand()).toList();
    this.hashes = hashes;
    this.measure = measure;
    this.masked = images.stream().allMatch(image -> image.ref().hasPixelTruth());
    // One range for the category: its images can be compared.
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (ScoredImage image : images) {
      smallest = Math.min(smallest, image.low());
      largest = Math.max(largest, image.high());
    }
    this.low = smallest;
    this.high = largest;
  }

  /** At most {@code count} of the worst, of the best and of the normal images. */
  List<VisualizationTask> pick(int count) {
    List<ScoredImage> defects = defects();
    int worst = Math.min(count, (defects.size() + 1) / 2);
    int best = Math.min(count, defects.size() - worst);
    List<VisualizationTask> tasks = new ArrayList<>();
    for (int i = 0; i < worst; i++) {
      tasks.add(defect(Kind.WORST, i + 1, defects.get(i)));
    }
    for (int i = 0; i < best; i++) {
      tasks.add(defect(Kind.BEST, i + 1, defects.get(defects.size() - 1 - i)));
    }
    List<ScoredImage> normal =
        images.stream()
            .filter(image -> !image.ref().isDefective())
            .sorted(BY_SCORE)
            .limit(count)
            .toList();
    for (int i = 0; i < normal.size(); i++) {
      ScoredImage image = normal.get(i);
      tasks.add(
          task(
              Kind.NORMAL,
              i + 1,
              image,
              Text.format("%s: normal image with the highest score", stem(image)),
              OutlinedRegions.NONE));
    }
    return tasks;
  }

  /** From the one found worst to the one found best. */
  private List<ScoredImage> defects() {
    return masked
        ? images.stream()
            .filter(image -> !Double.isNaN(image.pixelAuprc()))
            .sorted(BY_AUPRC)
            .toList()
        : images.stream()
            .filter(image -> image.ref().isDefective())
            .sorted(BY_SCORE.reversed())
            .toList();
  }

  /**
   * At most {@code count} of unlabelled images: those with the highest scores.
   *
   * @param regions that are outlined
   */
  List<VisualizationTask> highest(int count, OutlinedRegions regions) {
    List<ScoredImage> ranked = images.stream().sorted(BY_SCORE).limit(count).toList();
    List<VisualizationTask> tasks = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      ScoredImage image = ranked.get(i);
      String caption =
          Text.format(
              "%s: score %s", stem(image), String.format(Locale.ROOT, "%.4f", image.imageScore()));
      tasks.add(task(Kind.HIGHEST, i + 1, image, caption, regions));
    }
    return tasks;
  }

  private VisualizationTask defect(Kind kind, int rank, ScoredImage image) {
    String caption =
        masked
            ? Text.format(
                "%s: found %s, AUPRC of this image %s",
                stem(image), name(kind), String.format(Locale.ROOT, "%.4f", image.pixelAuprc()))
            : Text.format(
                "%s: found %s by the score of the image%s",
                stem(image), name(kind), image.ref().hasMask() ? "" : ", which has no mask");
    return task(kind, rank, image, caption, OutlinedRegions.NONE);
  }

  private VisualizationTask task(
      Kind kind, int rank, ScoredImage image, String caption, OutlinedRegions regions) {
    String path =
        Text.format(
            "pictures/%s/%s-%d-%s.png",
            new PlainName(category),
            name(kind),
            rank,
            PlainName.like(fileName(stem(image)), STEM_BYTES));
    String read = image.ref().relativePath();
    return new VisualizationTask(
        kind,
        image,
        hashes.getOrDefault(read, ""),
        hashes.getOrDefault(read + "#mask", ""),
        caption,
        path,
        low,
        high,
        measure,
        regions);
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** A stem may be a whole address. */
  private static String fileName(String stem) {
    return stem.replace("://", "-");
  }

  /** "broken_small/003" for "test/broken_small/003.png". */
  private static String stem(ScoredImage image) {
    String path = image.ref().relativePath();
    String name = path.startsWith("test/") ? path.substring("test/".length()) : path;
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }
}
