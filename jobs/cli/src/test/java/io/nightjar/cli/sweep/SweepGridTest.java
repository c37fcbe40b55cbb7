package io.nightjar.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.cli.settings.SettingsFile;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.sweep.SweptConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepGridTest {
  @TempDir private Path work;

  private List<SweptConfiguration> grid(String settings) throws IOException {
    Path file = Files.writeString(work.resolve("grid.conf"), "nightjar {\n" + settings + "\n}");
    return SweepGrid.of(SettingsFile.read(file));
  }

  private static List<String> names(List<SweptConfiguration> configurations) {
    return configurations.stream().map(SweptConfiguration::name).toList();
  }

  @Test
  void listsSpanAGridInTheOrderOfTheFile() throws IOException {
    List<SweptConfiguration> grid =
        grid("smoothing = [0, 4]\nneighbours = [1, 3]\nimage-size = 64");

    assertThat(names(grid))
        .containsExactly(
            "plain",
            "smoothing-0_neighbours-3",
            "smoothing-4_neighbours-1",
            "smoothing-4_neighbours-3");
    assertThat(grid.get(0).settings()).isEqualTo(Map.of("smoothing", "0", "neighbours", "1"));
    assertThat(grid.get(3).settings()).isEqualTo(Map.of("smoothing", "4", "neighbours", "3"));
  }

  @Test
  void thePlainMethodIsAlwaysThere() throws IOException {
    assertThat(names(grid("smoothing = [2.0]"))).containsExactly("plain", "smoothing-2.0");
    // It is what the grid has anyway, however its number is written.
    assertThat(names(grid("smoothing = [0.0, 2]"))).containsExactly("plain", "smoothing-2");
    assertThat(names(grid(""))).containsExactly("plain");
  }

  @Test
  void namedConfigurationsHaveSettingsOfTheirOwnAndTheOthersOfTheFile() throws IOException {
    List<SweptConfiguration> grid =
        grid(
            """
            variance = 0.9
            neighbours = [1, 2]
            configurations {
              small { coreset = 0.1, neighbors = 3 }
              thin { variance = 0.8 }
            }
            """);

    assertThat(names(grid))
        .containsExactly("plain", "neighbours-1", "neighbours-2", "small", "thin");
    assertThat(grid.get(0).settings())
        .isEqualTo(Map.of("neighbours", "1", "coreset", "1", "variance", "0.95"));
    assertThat(grid.get(1).settings())
        .isEqualTo(Map.of("neighbours", "1", "coreset", "1", "variance", "0.9"));
    assertThat(grid.get(3).settings())
        .isEqualTo(Map.of("neighbours", "3", "coreset", "0.1", "variance", "0.9"));
    assertThat(grid.get(4).settings())
        .isEqualTo(Map.of("neighbours", "1", "coreset", "1", "variance", "0.8"));
  }

  @Test
  void anotherNetworkHasItsWeightsWithIt() throws IOException {
    List<SweptConfiguration> grid =
        grid(
            """
            backbone = resnet50_v1
            configurations {
              small { backbone = resnet18, weights = "torchvision:resnet18" }
            }
            """);

    assertThat(grid.get(0).settings()).isEqualTo(Map.of("backbone", "resnet50_v1"));
    assertThat(grid.get(1).settings())
        .isEqualTo(Map.of("backbone", "resnet18", "weights", "torchvision:resnet18"));
  }

  @Test
  void namesAreNamesOfFolders() throws IOException {
    assertThat(names(grid("layers = [\"1,2\", \"2,3\"]")))
        .containsExactly("plain", "layers-1-2", "layers-2-3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resolution = [original, 224] | cannot differ in nightjar.resolution, which says what",
        "partitions = [1, 2] | cannot differ in nightjar.partitions, which no score",
        "configurations { a { tolerance = 1 } } | cannot differ in nightjar.tolerance",
        "smoothing = [] | nightjar.smoothing is an empty list",
        "smoothing = [1, 1.0] | nightjar.smoothing has a value twice: 1, 1.0",
        "smoothing = [1, [2]] | nightjar.smoothing must be text or a number",
        "smothing = [1] | there is no setting nightjar.smothing",
        "weights = [a] | there is no setting nightjar.weights",
        "configurations { plain { smoothing = 1 } } | plain is the configuration",
        "configurations { \"a/b\" { smoothing = 1 } } | \"a/b\" cannot name a folder",
        "configurations { a = 1 } | nightjar.configurations.a must be settings in braces",
        "configurations { a { smothing = 1 } } | no setting nightjar.configurations.a.smothing",
        "configurations { a { smoothing = 1 }, b { smoothing = 1 } } | a and b are the same",
        "configurations { a { smoothing = 0 } } | plain and a are the same"
      })
  void whatCannotBeUsedIsRefused(String settings, String reason) {
    assertThatThrownBy(() -> grid(settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--config ")
        .hasMessageContaining(reason);
  }

  @Test
  void moreThanAThousandConfigurationsAreRefused() {
    String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    String settings =
        "smoothing = " + ten + "\nneighbours = " + ten + "\nprobes = " + ten + "\nef = [1, 2]";

    assertThatThrownBy(() -> grid(settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 1000 configurations");
  }
}
