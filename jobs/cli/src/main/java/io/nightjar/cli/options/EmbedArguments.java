package io.nightjar.cli.options;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.job.options.EmbedOptions;
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

  public EmbedOptions toOptions() {
    return new EmbedOptions(DeviceRequest.parse(device), batchImages);
  }
}
