package io.nightjar.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class BackboneArgumentsTest {
  private static final EmbeddingSpec DEFAULT = EmbeddingSpec.of(Architecture.RESNET50);

  @CommandLine.Command
  private static final class Line {
    @CommandLine.Mixin private BackboneArguments backbone;
  }

  private static EmbeddingSpec spec(String... arguments) {
    Line line = new Line();
    new CommandLine(line)
        .setDefaultValueProvider(
            option -> OptionDefaults.all().get(((OptionSpec) option).longestName().substring(2)))
        .parseArgs(arguments);
    return line.backbone.toSpec();
  }

  @Test
  void squaresHaveTheGridThatIsGiven() {
    assertThat(spec()).isEqualTo(DEFAULT);
    assertThat(spec("--image-size=224x224")).isEqualTo(DEFAULT);
    assertThat(spec("--image-size=224,448")).isEqualTo(DEFAULT.withImageSizes(List.of(224, 448)));
    assertThat(spec("--grid=14x28").grid()).isEqualTo(new Size(14, 28));
  }

  @Test
  void aHeightAndAWidthHaveAGridOfAnEighthOfThem() {
    assertThat(spec("--image-size=144x352"))
        .isEqualTo(DEFAULT.with(List.of(new Size(144, 352)), new Size(18, 44)));
    assertThat(spec("--image-size=144x352,288x704"))
        .isEqualTo(DEFAULT.with(List.of(new Size(144, 352), new Size(288, 704)), new Size(18, 44)));
    assertThat(spec("--image-size=144x352", "--grid=9x22").grid()).isEqualTo(new Size(9, 22));
    assertThat(spec("--image-size=144x352", "--grid=20x20").grid()).isEqualTo(Size.square(20));
  }

  @Test
  void oneSideOfAGridDoesNotFitAHeightAndAWidth() {
    for (String grid : List.of("--grid=28", "--grid=14")) {
      assertThatThrownBy(() -> spec("--image-size=144x352", grid))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "The option %s is one side, and --image-size 144x352 has two; name rows and columns,"
                  + " such as 18x44, or leave it out.",
              grid.replace('=', ' '));
    }
  }

  /** Whatever grid is named with it: what a refusal suggests is not refused in its turn. */
  @Test
  void whatIsSuggestedInPlaceOfASizeCanBeUsed() {
    Map<String, String> suggested =
        Map.of("4096x64", "2048x64", "48x100", "48x96", "20x5000", "32x2048", "3000x40", "2048x48");
    suggested.forEach(
        (size, other) -> {
          for (String grid : List.of("", "--grid=14")) {
            String[] given =
                Stream.of("--image-size=" + size, grid)
                    .filter(argument -> !argument.isEmpty())
                    .toArray(String[]::new);
            assertThatThrownBy(() -> spec(given))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The image size " + size)
                .hasMessageEndingWith(", such as " + other + ".");
          }
          assertThat(spec("--image-size=" + other).imageSize()).hasToString(other);
        });
  }

  @Test
  void whatCannotBeUsedIsNamed() {
    assertThatThrownBy(() -> spec("--image-size=144*352"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The option --image-size is \"144*352\"; it must be pixels,");
    assertThatThrownBy(() -> spec("--image-size=140x352"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The image size 140x352 cannot be used: height and width must be multiples of 16 between"
                + " 32 and 2048 pixels, such as 144x352.");
    assertThatThrownBy(() -> spec("--grid=14,28"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The option --grid is \"14,28\"; it must be one side,");
    assertThatThrownBy(() -> spec("--layers=1,b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("stages between commas");
  }
}
