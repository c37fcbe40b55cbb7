package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.MapFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures maps from files. */
@Tag("slow")
class MetricsCommandTest extends CommandLineFixture {
  @Test
  void measuresMapsFromFilesToFiles() throws IOException {
    Path maps = work.resolve("anomaly-maps");
    try (Stream<Path> images = Files.walk(data.resolve("bottle/test"))) {
      for (Path image : images.filter(Files::isRegularFile).toList()) {
        Path map = maps.resolve(data.relativize(image).toString()).resolveSibling("000.npy");
        Files.createDirectories(map.getParent());
        Files.write(map, MapFiles.npy(new float[] {1, 2, 3, 4}, 2, 2));
        Files.write(map.resolveSibling("001.npy"), MapFiles.npy(new float[] {2, 1}, 1, 2));
      }
    }
    Path out = work.resolve("measured");

    Ended ended = metrics(maps, "--category", "bottle", "--exact-metrics", "--out", out.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("bottle", out.toString());
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("\"exact_metrics\" : true", "anomaly-maps");
    assertThat(metrics(maps, "--out", out.toString(), "--overwrite").exitCode()).isEqualTo(3);
  }

  @Test
  void noMaps() throws IOException {
    Path empty = Files.createDirectories(work.resolve("no-maps"));

    assertRefused(metrics(work.resolve("nowhere"), "--out", "unused"), "nowhere");
    assertRefused(metrics(empty, "--out", "unused"), "no-maps", "bottle", "carpet");
    assertRefused(run(List.of("metrics", "--data", data.toString())), "--maps", "--out");
  }
}
