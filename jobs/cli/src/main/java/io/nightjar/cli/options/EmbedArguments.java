package io.nightjar.cli.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.job.options.EvaluationOptions;
import picocli.CommandLine.Option;

/** How images are embedded. The defaults stand in conf/mvtec-ad.conf. */
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

  /**
   * The options so far.
   *
   * @param chunkImages images in one unit of work, where sums are combined unit by unit
   */
  public EvaluationOptions.Builder toOptions(int chunkImages) {
    return EvaluationOptions.builder()
        .device(DeviceRequest.parse(device))
        .batchImages(batchImages)
        .chunkImages(chunkImages);
  }

  /** Without sums to combine, a batch is the unit of work. */
  public EvaluationOptions.Builder toOptions() {
    return toOptions(batchImages);
  }
}
