package io.nightjar.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import io.nightjar.testing.SharedFiles;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
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
