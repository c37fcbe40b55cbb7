package io.nightjar.metric;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Completes the metrics with those that need each image's own counts. */
final class SecondPassMetrics {
  private SecondPassMetrics() {}

  static CategoryMetrics complete(
      CategoryCounts counts,
      ImageScoreKind kind,
      CategoryMetrics first,
      CoarseBins bins,
      Collection<ImageCounts> images) {
    List<ImageCounts> sorted =
        images.stream().sorted(Comparator.comparing(ImageCounts::path)).toList();
    requireSameImages(counts, bins, sorted);
    List<ImageCounts> good = of(counts, sorted, false);
    List<ImageCounts> defective = of(counts, sorted, true);
    // An image without a mask keeps its reason; the others have their own AUPIMO all the same.
    Map<String, Estimate> aupimo = new TreeMap<>(first.aupimoByImage());
    aupimo.putAll(Aupimo.byImage(good, defective, bins.isExact()));
    boolean pixels = counts.hasPixelFigures();
    return new CategoryMetrics(
        first.pixel(),
        first.aupro30(),
        first.aupro05(),
        pixels ? Aupimo.mean(aupimo.values()) : first.aupimo(),
        first.pixelBestF1(),
        first.fprAt95Tpr(),
        pixels ? BootstrapIntervals.pixelAuprc(good, defective, bins.isExact()) : Optional.empty(),
        first.imageAuroc(),
        first.imageAveragePrecision(),
        first.imageBestF1(),
        BootstrapIntervals.imageAuroc(counts.images().values(), kind),
        first.byDefect(),
        aupimo,
        first.curves(),
        first.saturated(),
        first.byGroup(),
        first.items(),
        first.byImageScore(),
        first.exact());
  }

  private static List<ImageCounts> of(
      CategoryCounts counts, List<ImageCounts> images, boolean defective) {
    return images.stream()
        .filter(image -> counts.images().get(image.path()).defective() == defective)
        .toList();
  }

  private static void requireSameImages(
      CategoryCounts counts, CoarseBins bins, List<ImageCounts> sorted) {
    List<String> paths = sorted.stream().map(ImageCounts::path).toList();
    if (!paths.equals(counts.pathsOfSecondPass())) {
      throw new IllegalArgumentException(
          Text.format(
              "The second pass counted other images than the first: %s instead of %s",
              paths, counts.pathsOfSecondPass()));
    }
    for (ImageCounts image : sorted) {
      ImageRecord record = counts.images().get(image.path());
      if (image.bins() != bins.size()
          || image.allPixels() != record.pixels()
          || image.allPositives() != record.positives()) {
        throw new IllegalArgumentException(
            Text.format(
                "Image %s had %d pixels, %d positive, in the first pass, and in the second %d, %d positive, in %d bins of %d",
                image.path(),
                record.pixels(),
                record.positives(),
                image.allPixels(),
                image.allPositives(),
                image.bins(),
                bins.size()));
      }
    }
  }
}
