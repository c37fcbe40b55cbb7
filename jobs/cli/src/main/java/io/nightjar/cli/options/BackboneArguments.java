package io.nightjar.cli.options;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.Size;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which network embeds the images. */
public final class BackboneArguments {
  /** Pixels along each side of a cell of the grid. */
  private static final int CELL = 8;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description =
          "resnet50, resnet50_v1, wide_resnet50_2 or resnet18; several between commas are compared"
              + " in one search, each with components of its own (default: ${DEFAULT-VALUE}).")
  private String backbone;

  @Option(
      names = "--layers",
      paramLabel = "1,2,3",
      description = "Stages whose outputs are concatenated (default: ${DEFAULT-VALUE}).")
  private String layers;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description =
          "Side of the network's input, or height and width, multiples of 16, such as 144x352;"
              + " several sides between commas, such as 224,448, are compared in one search, each"
              + " with components of its own (default: ${DEFAULT-VALUE}).")
  private String imageSize;

  @Option(
      names = "--grid",
      paramLabel = "N",
      description =
          "Side of the grid of patches, or rows and columns, such as 18x44; an eighth of a height"
              + " and width of --image-size, unless rows and columns are given"
              + " (default: ${DEFAULT-VALUE}).")
  private String grid;

  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16",
      description =
          "Numbers that the network computes with; fp16 is for GPUs, on the CPU it is slower than"
              + " fp32 (default: ${DEFAULT-VALUE}).")
  private String precision;

  public EmbeddingSpec toSpec() {
    List<Size> sizes =
        parsed(
            "--image-size",
            imageSize,
            "pixels, height and width such as 144x352, or several sides between commas, such as"
                + " 224,448",
            Size::parse);
    // The grid follows from them: one of a size that cannot be used would be refused next.
    sizes.forEach(EmbeddingSpec::requireUsable);
    return new EmbeddingSpec(
        Architecture.parseAll(backbone),
        parsed("--layers", layers, "stages between commas, such as 1,2,3", Integer::parseInt),
        sizes,
        grid(sizes),
        Precision.parse(precision));
  }

  /** Squares have the grid that is given, or its default; other shapes an eighth of their sides. */
  private Size grid(List<Size> sizes) {
    Size given =
        one(
            "--grid",
            grid,
            grid,
            "one side, such as 28, or rows and columns, such as 18x44",
            Size::parse);
    Size smallest = sizes.get(0);
    if (!given.isSquare() || sizes.stream().allMatch(Size::isSquare)) {
      return given;
    }
    boolean isOneSide = !grid.contains("x");
    boolean isDefault =
        isOneSide
            && given.equals(EmbeddingSpec.of(Architecture.RESNET50).grid())
            && !new GivenOptions(command).has("--grid");
    if (isOneSide && !isDefault) {
      throw new InvalidInputException(
          Text.format(
              "The option --grid %s is one side, and --image-size %s has two; name rows and columns,"
                  + " such as %s, or leave it out.",
              grid, smallest, eighth(smallest)));
    }
    return isDefault ? eighth(smallest) : given;
  }

  private static Size eighth(Size size) {
    return new Size(size.height() / CELL, size.width() / CELL);
  }

  private static <T> List<T> parsed(
      String option, String list, String wanted, Function<String, T> parser) {
    List<T> parsed = new ArrayList<>();
    for (String text : list.split(",", -1)) {
      parsed.add(one(option, list, text, wanted, parser));
    }
    return parsed;
  }

  private static <T> T one(
      String option, String given, String text, String wanted, Function<String, T> parser) {
    try {
      return parser.apply(text.trim());
    } catch (NumberFormatException | InvalidInputException e) {
      throw new InvalidInputException(
          Text.format("The option %s is \"%s\"; it must be %s.", option, given, wanted), e);
    }
  }
}
