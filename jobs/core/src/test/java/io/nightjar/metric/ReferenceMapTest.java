package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.exact.ExactAccumulator;
import io.nightjar.metric.exact.ExactMetrics;
import io.nightjar.metric.exact.ExactPart;
import io.nightjar.metric.exact.ExactRange;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.metric.threshold.ScoreHistogram;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import io.nightjar.testing.SharedFiles;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** A real distance map over a real mask: the map lies the right way round. */
class ReferenceMapTest {

  @Test
  void theBrokenBottleIsFoundWhereItIsBroken() throws Exception {
    AnomalyMap map = distances("distance_k1_28x28");
    BufferedImage mask =
        ImageIO.read(
            SharedFiles.mvtecAd()
                .resolve("bottle/ground_truth/broken_large/000_mask.png")
                .toFile());
    ScoreHistogram histogram = new ScoreHistogram();
    boolean[] defect = new boolean[mask.getWidth()];

    Upsampling.rows(
        map,
        mask.getWidth(),
        mask.getHeight(),
        (y, row) -> {
          for (int x = 0; x < defect.length; x++) {
            defect[x] = mask.getRaster().getSample(x, y, 0) > 127;
          }
          histogram.addRow(row, defect, defect.length);
        });

    PixelMetrics metrics = histogram.metrics();
    assertThat(metrics.pixels()).isEqualTo(900L * 900);
    assertThat(metrics.auroc().getAsDouble()).isGreaterThan(0.9);
    assertThat(metrics.auprc().getAsDouble()).isGreaterThan(0.5);
    assertThat(metrics.auprc().upper() - metrics.auprc().lower()).isLessThan(1e-5);
  }

  @Test
  void exactModeEqualsSortingAndTheBoundsEncloseIt() throws Exception {
    AnomalyMap map = distances("distance_k1_28x28");
    Mask mask = mask();
    LabelledImage image = image(map, mask);
    LabelledScores sorted = BruteForceImages.pooled(List.of(image));
    CategoryCounts counts = CategoryMetricsTest.counts(List.of(image));

    List<ExactPart> parts = new ArrayList<>();
    for (ExactRange range : counts.exactRanges(100_000)) {
      ExactAccumulator accumulator = new ExactAccumulator(range);
      Upsampling.rows(map, mask.width(), mask.height(), accumulator.image(mask));
      parts.add(accumulator.part());
    }
    PixelMetrics exact = ExactMetrics.of(parts);
    PixelMetrics bounds = counts.metrics().pixel();

    assertThat(exact.auprc().getAsDouble()).isCloseTo(sorted.averagePrecision(), within(1e-12));
    assertThat(exact.auprcTrapezoid().getAsDouble()).isCloseTo(sorted.trapezoid(), within(1e-12));
    assertThat(exact.auroc().getAsDouble()).isCloseTo(sorted.auroc(), within(1e-12));
    assertThat(exact.auprc().getAsDouble())
        .isBetween(bounds.auprc().lower(), bounds.auprc().upper());
    assertThat(bounds.auprc().upper() - bounds.auprc().lower()).isLessThan(1e-5);
  }

  @Test
  void auproOfTheRealMapEqualsBruteForceAtReducedSize() throws Exception {
    LabelledImage image = image(distances("distance_k1_28x28"), mask().resizeNearest(56, 56));
    BruteForceImages expected = new BruteForceImages(List.of(image));

    CategoryCounts counts = CategoryMetricsTest.counts(List.of(image));

    for (double limit : new double[] {0.05, 0.3, 1}) {
      Estimate aupro = counts.aupro(limit);
      assertThat(expected.aupro(limit))
          .isBetween(aupro.lower() - 1e-12, aupro.upper() + 1e-12)
          .isCloseTo(aupro.getAsDouble(), within(1e-4));
    }
  }

  private static Mask mask() throws Exception {
    String path = "bottle/ground_truth/broken_large/000_mask.png";
    return Mask.decode(Files.readAllBytes(SharedFiles.mvtecAd().resolve(path)), path);
  }

  private static LabelledImage image(AnomalyMap map, Mask mask) {
    float[][] scores = new float[mask.height()][];
    boolean[][] truth = new boolean[mask.height()][mask.width()];
    Upsampling.rows(map, mask.width(), mask.height(), (y, row) -> scores[y] = row.clone());
    for (int y = 0; y < truth.length; y++) {
      mask.row(y, truth[y]);
    }
    return new LabelledImage("test/broken_large/000.png", "broken_large", scores, truth);
  }

  private static AnomalyMap distances(String tensor) throws Exception {
    ByteBuffer file =
        ByteBuffer.wrap(
                Files.readAllBytes(SharedFiles.reference("bottle_broken_large_000.safetensors")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong();
    JsonNode entry = new ObjectMapper().readTree(file.array(), 8, header).get(tensor);
    float[] values = new float[28 * 28];
    file.position(8 + header + entry.get("data_offsets").get(0).asInt());
    file.asFloatBuffer().get(values);
    return new AnomalyMap(values, 28, 28);
  }
}
