package io.nightjar.cli.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.tile.TileRule;
import picocli.CommandLine.Option;

/** How images are embedded. */
public final class EmbedArguments {
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

  public EmbedOptions toOptions() {
    return new EmbedOptions(
        DeviceRequest.parse(device),
        batchImages,
        ClusterArguments.numberUnless(EmbedOptions.AUTO, "white-level", whiteLevel),
        Aspect.parse(aspect),
        TileRule.parse(tiles, tileOverlap));
  }
}
