package io.nightjar.cli.options;

import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.Weights;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The weights of the network that embeds the images. */
public final class WeightArguments {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "URI",
      description =
          "Pretrained weights: a .safetensors file or a torch state dict (.pth), local, on any"
              + " Hadoop file system or at an http(s) address; or a name such as"
              + " torchvision:resnet50.")
  private String weights;

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The weights' SHA-256; required for an http(s) address.")
  private Optional<String> weightsSha256 = Optional.empty();

  public Weights load(SparkSession session) {
    return WeightFiles.load(weights, weightsSha256, session.sparkContext().hadoopConfiguration());
  }
}
