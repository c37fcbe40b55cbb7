package io.nightjar.cli.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.text.Text;
import io.nightjar.tile.TileRule;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How images are embedded. */
public final class EmbedArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where the network runs (default: ${DEFAULT-VALUE}).")
  private String device;

  @Option(
      names = "--batch-images",
      paramLabel = "N",
      description = "Images in one pass through the network (default: ${DEFAULT-VALUE}).")
  private int batchImages;

  @Option(
      names = "--white-level",
      paramLabel = "SAMPLE|auto",
      description =
          "The sample that is white in images of more than 8 bits, 255 to 65535, such as 4095 of a"
              + " camera of 12 bits; auto takes that of 10 or 12 bits where no image of the"
              + " category needs more, and what a stored bank was built with"
              + " (default: ${DEFAULT-VALUE}).")
  private String whiteLevel;

  @Option(
      names = "--aspect",
      paramLabel = "squeeze|keep",
      description =
          "keep: the network's input has about the shape of the category's images, and as many"
              + " pixels as the square of --image-size; squeeze: every image is resized to"
              + " --image-size, whatever its shape (default: ${DEFAULT-VALUE}).")
  private String aspect;

  @Option(
      names = "--tiles",
      paramLabel = "off|PIXELS|RxC",
      description =
          "Cuts images into tiles, each of which goes through the network as an image does, so that"
              + " large images keep small defects: a side in pixels of the image, such as 512; height"
              + " and width, such as 512x768; or rows and columns, numbers below 32, such as 3x4; a"
              + " stored bank has its own (default: ${DEFAULT-VALUE}).")
  private String tiles;

  @Option(
      names = "--tile-overlap",
      paramLabel = "PIXELS",
      description =
          "By how much neighbouring tiles of --tiles overlap, in pixels of the image; their maps are"
              + " blended there (default: ${DEFAULT-VALUE}).")
  private int tileOverlap;

  @Option(
      names = "--smallest-defect",
      paramLabel = "off|PIXELS",
      description =
          "Chooses tiles in which a defect of so many pixels of the image, 2 to 1000, is as long as a"
              + " cell of the grid, and says what they cost; in place of --tiles, --image-size and"
              + " --grid (default: ${DEFAULT-VALUE}).")
  private String smallestDefect;

  /**
   * What the options name.
   *
   * @param network of the same command
   */
  public EmbedOptions toOptions(BackboneArguments network) {
    return new EmbedOptions(
        DeviceRequest.parse(device),
        batchImages,
        ClusterArguments.numberUnless(EmbedOptions.AUTO, "white-level", whiteLevel),
        Aspect.parse(aspect),
        rule(network.toSpec()));
  }

  private TileRule rule(EmbeddingSpec spec) {
    TileRule named = TileRule.parse(tiles, tileOverlap);
    OptionalInt defect =
        ClusterArguments.numberUnless(TileRule.OFF, "smallest-defect", smallestDefect);
    if (defect.isEmpty()) {
      return named;
    }
    new GivenOptions(command)
        .refuseWhere(
            true,
            "is what --smallest-defect chooses; leave one of the two out",
            "--tiles",
            "--tile-overlap",
            "--image-size",
            "--grid");
    EmbeddingSpec plain = EmbeddingSpec.of(Architecture.RESNET50);
    if (!named.isNone()
        || !spec.imageSizes().equals(plain.imageSizes())
        || !spec.grid().equals(plain.grid())) {
      throw new InvalidInputException(
          Text.format(
              "The option --smallest-defect chooses tiles, and the settings name --tiles %s,"
                  + " --image-size %s and --grid %s; leave one of the two out.",
              named.value(), spec.imageSizes().get(0), spec.grid()));
    }
    return TileRule.ofDefect(defect.getAsInt(), spec.grid().width());
  }
}
