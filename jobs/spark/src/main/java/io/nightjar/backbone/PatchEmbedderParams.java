package io.nightjar.backbone;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link PatchEmbedder}. */
public interface PatchEmbedderParams extends Params {
  /**
   * The binary column of encoded images.
   *
   * @return the parameter
   */
  Param<String> inputCol();

  /**
   * The new column of patch embeddings.
   *
   * @return the parameter
   */
  Param<String> outputCol();

  /**
   * The number of images that the backbone embeds at once.
   *
   * @return the parameter
   */
  IntParam batchSize();

  /**
   * The name of the architecture, such as {@code resnet50}.
   *
   * @return the parameter
   */
  Param<String> backbone();

  /**
   * The stages of the backbone whose outputs are concatenated.
   *
   * @return the parameter
   */
  IntArrayParam layers();

  /**
   * The side that images are resized to, in pixels.
   *
   * @return the parameter
   */
  IntParam imageSize();

  /**
   * The number of patches along each side.
   *
   * @return the parameter
   */
  IntParam grid();

  /**
   * The floating-point format of the backbone.
   *
   * @return the parameter
   */
  Param<String> precision();

  /**
   * Where the weights come from.
   *
   * @return the parameter
   */
  Param<String> weights();

  /**
   * The SHA-256 that the weight file must have.
   *
   * @return the parameter
   */
  Param<String> weightsSha256();

  /**
   * The device that computes.
   *
   * @return the parameter
   */
  Param<String> device();

  /**
   * How images that cannot be decoded are handled.
   *
   * @return the parameter
   */
  Param<String> handleInvalid();

  /**
   * The specification of the embeddings that these parameters describe.
   *
   * @return the specification
   */
  default EmbeddingSpec spec() {
    return new EmbeddingSpec(
        Architecture.parse(getOrDefault(backbone())),
        IntStream.of(getOrDefault(layers())).boxed().toList(),
        (int) getOrDefault(imageSize()),
        (int) getOrDefault(grid()),
        Precision.parse(getOrDefault(precision())));
  }
}
