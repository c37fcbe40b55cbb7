package io.nightjar.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDArray;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.nightjar.dataset.RgbImage;
import java.nio.ByteBuffer;
import java.util.List;

/** A batch of pictures in, all their patch embeddings out. */
final class RgbBatchTranslator implements Translator<List<RgbImage>, float[]> {
  private final int imageSize;

  RgbBatchTranslator(int imageSize) {
    this.imageSize = imageSize;
  }

  @Override
  public NDList processInput(TranslatorContext context, List<RgbImage> images) {
    return new NDList(pixels(context.getNDManager(), images, imageSize));
  }

  @Override
  public float[] processOutput(TranslatorContext context, NDList list) {
    return floats(list.singletonOrThrow());
  }

  /** The input is the batch already. */
  @Override
  public Batchifier getBatchifier() {
    return null;
  }

  /** The pictures as one uint8 tensor {@code [n, imageSize, imageSize, 3]}. */
  static NDArray pixels(NDManager manager, List<RgbImage> images, int imageSize) {
    int bytes = 3 * imageSize * imageSize;
    ByteBuffer buffer = manager.allocateDirect(Math.multiplyExact(images.size(), bytes));
    images.forEach(image -> buffer.put(image.pixels()));
    buffer.rewind();
    return manager.create(
        buffer, new Shape(images.size(), imageSize, imageSize, 3), DataType.UINT8);
  }

  /** The values of a float32 tensor, by the one copy out of native memory. */
  static float[] floats(NDArray array) {
    return ((OrtNDArray) array).getTensor().getFloatBuffer().array();
  }
}
