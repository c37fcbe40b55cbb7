package io.nightjar.job;

import io.nightjar.dataset.Mask;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import io.nightjar.testing.EvaluatedMaps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Every pixel of a category of the {@code TinyDataset} in one list, for metrics by a sort. */
public record PooledPixels(List<Pixel> descending) {
  private static final int SIDE = 64;

  record Pixel(float score, boolean positive) {}

  public static PooledPixels of(Path data, String category, List<EvaluatedMaps> maps) {
    List<Pixel> pixels = new ArrayList<>();
    for (EvaluatedMaps map : maps) {
      if (map.category().equals(category)) {
        float[] scores = upsample(map.values(), map.width(), map.height());
        Mask mask = mask(data.resolve(category), map.path());
        for (int i = 0; i < scores.length; i++) {
          pixels.add(new Pixel(scores[i], mask.get(i % SIDE, i / SIDE)));
        }
      }
    }
    pixels.sort(Comparator.comparingDouble(Pixel::score).reversed());
    return new PooledPixels(pixels);
  }

  static float[] upsample(float[] values, int width, int height) {
    return Upsampling.full(new AnomalyMap(values, width, height), SIDE, SIDE).values();
  }

  public static Mask mask(Path category, String path) {
    if (path.startsWith("test/good/")) {
      return Mask.empty(SIDE, SIDE);
    }
    String file =
        category
            .resolve(path.replace("test/", "ground_truth/").replace(".png", "_mask.png"))
            .toString();
    try {
      return Mask.decode(FileBytes.read(file, new Configuration()), file);
    } catch (io.nightjar.dataset.image.UnreadableFileException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The sum over distinct scores of (R_i - R_(i-1)) P_i. */
  public double averagePrecision() {
    double positives = descending.stream().filter(Pixel::positive).count();
    double sum = 0;
    double found = 0;
    for (int from = 0; from < descending.size(); ) {
      int to = tiesTo(from);
      double more = positives(from, to);
      found += more;
      sum += more / positives * (found / to);
      from = to;
    }
    return sum;
  }

  /** The share of pairs in which the positive scores higher, ties counting half. */
  public double auroc() {
    double positives = descending.stream().filter(Pixel::positive).count();
    double pairs = 0;
    double found = 0;
    for (int from = 0; from < descending.size(); ) {
      int to = tiesTo(from);
      double more = positives(from, to);
      pairs += (to - from - more) * (found + more / 2);
      found += more;
      from = to;
    }
    return pairs / (positives * (descending.size() - positives));
  }

  private int tiesTo(int from) {
    int to = from + 1;
    while (to < descending.size() && descending.get(to).score() == descending.get(from).score()) {
      to++;
    }
    return to;
  }

  private double positives(int from, int to) {
    return descending.subList(from, to).stream().filter(Pixel::positive).count();
  }
}
