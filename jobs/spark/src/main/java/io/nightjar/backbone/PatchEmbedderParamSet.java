package io.nightjar.backbone;

import java.io.Serializable;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The declared parameters of one stage. */
final class PatchEmbedderParamSet implements Serializable {
  private static final long serialVersionUID = 1L;

  final Param<String> inputCol;
  final Param<String> outputCol;
  final IntParam batchSize;
  final Param<String> backbone;
  final IntArrayParam layers;
  final IntParam imageSize;
  final IntParam grid;
  final Param<String> precision;
  final Param<String> weights;
  final Param<String> weightsSha256;
  final Param<String> device;
  final Param<String> handleInvalid;

  PatchEmbedderParamSet(Params stage) {
    inputCol = new Param<>(stage, "inputCol", "binary column of encoded images");
    outputCol = new Param<>(stage, "outputCol", "array<float> column of patch embeddings");
    batchSize =
        new IntParam(stage, "batchSize", "images that the backbone takes at once, at least 1");
    backbone = new Param<>(stage, "backbone", "resnet18, resnet50, resnet50_v1, wide_resnet50_2");
    layers = new IntArrayParam(stage, "layers", "stages whose outputs are concatenated, 1 to 4");
    imageSize = new IntParam(stage, "imageSize", "side that images are resized to, in pixels");
    grid = new IntParam(stage, "grid", "patches along each side");
    precision =
        new Param<>(stage, "precision", "what the network computes with: fp32, or fp16 for GPUs");
    weights =
        new Param<>(
            stage,
            "weights",
            "weight file: path, Hadoop URI, URL, a name such as torchvision:resnet50, or random:SEED");
    weightsSha256 = new Param<>(stage, "weightsSha256", "SHA-256 that the weight file must have");
    device = new Param<>(stage, "device", "auto, cpu or gpu");
    handleInvalid =
        new Param<>(stage, "handleInvalid", "for undecodable images: error, skip or keep (null)");
  }
}
