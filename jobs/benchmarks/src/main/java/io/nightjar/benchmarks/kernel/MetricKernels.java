package io.nightjar.benchmarks.kernel;

import io.nightjar.dataset.Mask;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.ImageFeed;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.threshold.ScoreHistogram;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One 28x28 map at 900 x 900 and a mask of 36 regions. */
@State(Scope.Thread)
public class MetricKernels extends Kernel {
  private static final int GRID = 28;
  private static final int SIDE = 900;

  private AnomalyMap map;
  private float[] scores;
  private boolean[] positive;
  private Mask mask;
  private CategoryCounts counts;

  @Setup(Level.Trial)
  public void fill() throws IOException, UnreadableFileException {
    Random random = new Random(1);
    float[] values = new float[GRID * GRID];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (8 + 1.5 * random.nextGaussian());
    }
    map = new AnomalyMap(values, GRID, GRID);
    scores = Upsampling.full(map, SIDE, SIDE).values();
    positive = new boolean[SIDE * SIDE];
    BufferedImage truth = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < positive.length; i++) {
      positive[i] = i % SIDE % 150 < 40 && i / SIDE % 150 < 40;
      truth.getRaster().setSample(i % SIDE, i / SIDE, 0, positive[i] ? 255 : 0);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(truth, "png", png);
    mask = Mask.decode(png.toByteArray(), "drawn");
    counts = new CategoryCounts();
    feed(counts);
  }

  private void feed(CategoryCounts into) {
    ImageFeed feed = into.image("test/some/000.png", "some", true, mask);
    Upsampling.rows(map, SIDE, SIDE, feed);
    feed.end();
  }

  @Benchmark
  public float[] upsample() {
    return Upsampling.full(map, SIDE, SIDE).values();
  }

  /** Scores into bins, nothing else. */
  @Benchmark
  public ScoreHistogram countPixels() {
    ScoreHistogram histogram = new ScoreHistogram();
    histogram.addRow(scores, positive, scores.length);
    return histogram;
  }

  /** Upsampling, bins, the mask's regions and their weights. */
  @Benchmark
  public CategoryCounts countImage() {
    CategoryCounts fresh = new CategoryCounts();
    feed(fresh);
    return fresh;
  }

  /** The area under the per-region overlap curve, from the counts. */
  @Benchmark
  public Estimate aupro() {
    return counts.aupro(0.3);
  }
}
