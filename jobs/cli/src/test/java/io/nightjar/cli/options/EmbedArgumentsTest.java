package io.nightjar.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.tile.TileRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The tiles that options name or choose. */
class EmbedArgumentsTest {
  @CommandLine.Command
  private static final class Line {
    @CommandLine.Mixin private BackboneArguments backbone;
    @CommandLine.Mixin private EmbedArguments embed;
  }

  private static EmbedOptions options(Map<String, String> settings, String... arguments) {
    Line line = new Line();
    Map<String, String> defaults = new HashMap<>(OptionDefaults.all());
    defaults.putAll(settings);
    new CommandLine(line)
        .setDefaultValueProvider(
            option -> defaults.get(((OptionSpec) option).longestName().substring(2)))
        .parseArgs(arguments);
    return line.embed.toOptions(line.backbone);
  }

  private static TileRule tiles(String... arguments) {
    return options(Map.of(), arguments).tiles();
  }

  @Test
  void imagesAreTakenAsWholesUnlessTilesAreNamed() {
    assertThat(options(Map.of())).isEqualTo(EmbedOptions.DEFAULT);
    assertThat(tiles("--tiles=512")).isEqualTo(new TileRule(512, 512, 0));
    assertThat(tiles("--tiles=3x4", "--tile-overlap=64")).isEqualTo(new TileRule(3, 4, 64));
    assertThatThrownBy(() -> tiles("--tile-overlap=64"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no effect without --tiles");
  }

  /** 12 pixels on 28 cells. */
  @Test
  void theSmallestDefectIsAsLongAsACell() {
    TileRule chosen = tiles("--smallest-defect=12");

    assertThat(chosen).isEqualTo(new TileRule(336, 336, 48, 12));
    assertThat(options(Map.of(), "--smallest-defect=12").asMap())
        .containsEntry("smallest_defect", 12)
        .containsEntry("tiles", "336")
        .containsEntry("tile_overlap", 48);
    assertThat(tiles("--smallest-defect=2").of(576, 768).count()).isEqualTo(12 * 16);
    assertThatThrownBy(() -> tiles("--smallest-defect=1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it must be off, or lie between 2 and 1000 pixels");
  }

  @Test
  void whatIsChosenIsNotNamed() {
    for (String other :
        List.of("--tiles=512", "--tile-overlap=0", "--image-size=224", "--grid=28")) {
      assertThatThrownBy(() -> tiles("--smallest-defect=12", other))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("The option " + other.substring(0, other.indexOf('=')) + " ")
          .hasMessageContaining("is what --smallest-defect chooses");
    }
    assertThatThrownBy(() -> options(Map.of("image-size", "448"), "--smallest-defect=12"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the settings name --tiles off, --image-size 448 and --grid 28");
  }
}
