package io.nightjar.backbone.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.image.RgbImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A batch of images in, the values of all outputs of the graph out. */
public final class RgbBatchTranslator implements Translator<List<RgbImage>, List<float[]>> {
  private final Size imageSize;
  private final Optional<LinearReduction> reduction;

  RgbBatchTranslator(Size imageSize, Optional<LinearReduction> reduction) {
    this.imageSize = imageSize;
    this.reduction = reduction;
  }

  /** The inputs in the graph's order. */
  @Override
  public NDList processInput(TranslatorContext context, List<RgbImage> images) {
    NDManager manager = context.getNDManager();
    NDList inputs = new NDList(pixels(manager, images, imageSize));
    reduction.ifPresent(
        linear -> {
          int channels = linear.channels();
          inputs.add(manager.create(linear.floatMean(), new Shape(1, channels)));
          inputs.add(manager.create(linear.directions(), new Shape(linear.components(), channels)));
        });
    return inputs;
  }

  @Override
  public List<float[]> processOutput(TranslatorContext context, NDList list) {
    return list.stream().map(RgbBatchTranslator::floats).toList();
  }

  /** The input already is a batch. */
  @Override
  public Batchifier getBatchifier() {
    return null;
  }

  /** The images as one uint8 tensor {@code [n, height, width, 3]}. */
  public static NDArray pixels(NDManager manager, List<RgbImage> images, Size imageSize) {
    int bytes = 3 * imageSize.cells();
    ByteBuffer buffer = manager.allocateDirect(Math.multiplyExact(images.size(), bytes));
    images.forEach(image -> buffer.put(image.pixels()));
    buffer.rewind();
    return manager.create(
        buffer, new Shape(images.size(), imageSize.height(), imageSize.width(), 3), DataType.UINT8);
  }

  /** The values of a float32 tensor, copied once out of native memory. */
  public static float[] floats(NDArray array) {
    return ((OrtNDArray) array).getTensor().getFloatBuffer().array();
  }
}
