package io.nightjar.cli.options;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which network embeds the images. */
public final class BackboneArguments {
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
          "Side of the network's input; several between commas, such as 224,448, are compared in"
              + " one search, each with components of its own (default: ${DEFAULT-VALUE}).")
  private String imageSize;

  @Option(
      names = "--grid",
      paramLabel = "N",
      description = "Side of the grid of patches (default: ${DEFAULT-VALUE}).")
  private int grid;

  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16",
      description =
          "Numbers that the network computes with; fp16 is for GPUs, on the CPU it is slower than"
              + " fp32 (default: ${DEFAULT-VALUE}).")
  private String precision;

  public EmbeddingSpec toSpec() {
    return new EmbeddingSpec(
        Architecture.parseAll(backbone),
        numbers("--layers", layers, "stages between commas, such as 1,2,3"),
        numbers(
            "--image-size", imageSize, "pixels, or several sizes between commas, such as 224,448"),
        grid,
        Precision.parse(precision));
  }

  private static List<Integer> numbers(String option, String list, String wanted) {
    List<Integer> parsed = new ArrayList<>();
    for (String number : list.split(",", -1)) {
      try {
        parsed.add(Integer.parseInt(number.trim()));
      } catch (NumberFormatException e) {
        throw new InvalidInputException(
            Text.format("The option %s is \"%s\"; it must be %s.", option, list, wanted), e);
      }
    }
    return parsed;
  }
}
