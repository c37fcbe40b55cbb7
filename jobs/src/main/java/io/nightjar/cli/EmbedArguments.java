package io.nightjar.cli;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.job.EvaluationOptions;
import picocli.CommandLine.Option;

/** How images are embedded. The defaults stand in conf/mvtec-ad.conf. */
final class EmbedArguments {
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
   * @param chunkImages images in one unit of work, where sums are combined unit by unit
   */
  EvaluationOptions.Builder toOptions(int chunkImages) {
    return EvaluationOptions.builder()
        .device(DeviceRequest.parse(device))
        .batchImages(batchImages)
        .chunkImages(chunkImages);
  }

  /** Without sums to combine, a batch is the unit of work. */
  EvaluationOptions.Builder toOptions() {
    return toOptions(batchImages);
  }
}
