package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.testing.MapFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five methods, of which there are maps alone, ranked over the categories of a data set. */
@Tag("slow")
class RankedMethodsTest extends CommandLineFixture {
  private static final int METHODS = 5;

  /** Masks in noise: the later the method, the fainter. */
  private String measured(int method) throws IOException {
    Path maps = work.resolve("maps" + method);
    try (Stream<Path> images = Files.walk(data)) {
      for (Path image : images.filter(file -> file.toString().contains("/test/")).toList()) {
        if (Files.isRegularFile(image)) {
          Path map = maps.resolve(data.relativize(image).toString().replace(".png", ".npy"));
          Files.createDirectories(map.getParent());
          Files.write(map, map(image, 0.5f * (METHODS - method)));
        }
      }
    }
    Path out = work.resolve("method" + method);
    Ended ended = metrics(maps, "--out", out.toString());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return out.toString();
  }

  private byte[] map(Path image, float signal) throws IOException {
    BufferedImage drawn = ImageIO.read(image.toFile());
    Path mask =
        Path.of(image.toString().replace("/test/", "/ground_truth/").replace(".png", "_mask.png"));
    BufferedImage truth = Files.exists(mask) ? ImageIO.read(mask.toFile()) : null;
    Random noise = new Random(data.relativize(image).toString().hashCode());
    float[] values = new float[drawn.getWidth() * drawn.getHeight()];
    for (int i = 0; i < values.length; i++) {
      int x = i % drawn.getWidth();
      int y = i / drawn.getWidth();
      boolean defective = truth != null && (truth.getRGB(x, y) & 0xFF) > 127;
      values[i] = (float) noise.nextGaussian() + (defective ? signal : 0);
    }
    return MapFiles.npy(values, drawn.getWidth(), drawn.getHeight());
  }

  @Test
  void theClearerTheMapsTheBetterTheRank() throws IOException {
    List<String> runs = new ArrayList<>();
    for (int method = 0; method < METHODS; method++) {
      runs.add(measured(method));
    }
    Path out = work.resolve("ranked");
    List<String> line = new ArrayList<>(List.of("compare", "--master", "local[2]"));
    line.addAll(runs);
    line.addAll(List.of("--fail-on", "none", "--out", out.toString()));

    Ended ended = run(line);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("Mean ranks by pixel AUPRC over 2 categories");
    JsonNode json = new ObjectMapper().readTree(out.resolve("compare.json").toFile());
    JsonNode ranking = json.get("ranking");
    assertThat(ranking.get("categories")).hasSize(2);
    for (int method = 0; method < METHODS; method++) {
      JsonNode run = ranking.get("runs").get(method);
      assertThat(run.get("run").asText()).endsWith(runs.get(method));
      assertThat(run.get("mean_rank").asDouble()).isEqualTo(method + 1.0);
    }
    // 12 · 2 / 30 · (1 + 4 + 9 + 16 + 25 - 45), and 2.728 (Demšar's table 5) · √(30 / 12).
    assertThat(ranking.get("chi_squared").asDouble()).isCloseTo(8, within(1e-9));
    assertThat(ranking.get("critical_difference").asDouble())
        .isCloseTo(2.728 * Math.sqrt(30 / 12.0), within(1e-3));
    // Two data sets prove nothing of five methods: all are joined by one bar.
    assertThat(ranking.get("groups")).hasSize(1);
    assertThat(ranking.get("groups").get(0)).hasSize(METHODS);
    assertThat(json.get("comparisons")).hasSize(METHODS - 1);
    String page = Files.readString(out.resolve("compare.html"));
    assertThat(page).contains("aria-label=\"Critical-difference diagram\"");
    assertThat(page).contains("anomaly map of the baseline", "data:image/png");
  }
}
