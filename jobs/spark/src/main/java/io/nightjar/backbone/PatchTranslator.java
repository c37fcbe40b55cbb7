package io.nightjar.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.nightjar.backbone.engine.RgbBatchTranslator;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.EmbeddingHead;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Translates encoded images to patch embeddings; the image size is stored with the model. */
final class PatchTranslator<O> implements Translator<byte[], O> {

  /** The form in which the patches of one image are returned. */
  interface Form<O> {
    /** From the values of {@code [patches][channels]}, row-major. */
    O of(NDManager manager, float[] values, Shape patchesByChannels);
  }

  private final Form<O> form;
  private Size imageSize;

  PatchTranslator(Form<O> form) {
    this.form = form;
  }

  static float[] flat(NDManager manager, float[] values, Shape shape) {
    return values;
  }

  static float[][] rows(NDManager manager, float[] values, Shape shape) {
    int channels = Math.toIntExact(shape.get(1));
    float[][] rows = new float[Math.toIntExact(shape.get(0))][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(values, row * channels, (row + 1) * channels);
    }
    return rows;
  }

  static byte[] npz(NDManager manager, float[] values, Shape shape) {
    try (NDArray array = manager.create(FloatBuffer.wrap(values), shape, DataType.FLOAT32)) {
      array.setName(EmbeddingHead.PATCHES);
      return new NDList(array).encode(NDList.Encoding.NPZ);
    }
  }

  @Override
  public void prepare(TranslatorContext context) {
    String size = context.getBlock().getCustomMetadata().get(BackboneModel.IMAGE_SIZE);
    if (size == null) {
      throw new IllegalArgumentException(
          Text.format(
              "The model %s was not written by Nightjar: its metadata lack %s",
              context.getModel().getName(), BackboneModel.IMAGE_SIZE));
    }
    imageSize = Size.parse(size);
  }

  @Override
  public NDList batchProcessInput(TranslatorContext context, List<byte[]> encoded)
      throws UnreadableFileException {
    List<RgbImage> images = new ArrayList<>();
    for (byte[] bytes : encoded) {
      images.add(decode(bytes));
    }
    return new NDList(RgbBatchTranslator.pixels(context.getNDManager(), images, imageSize));
  }

  @Override
  public List<O> batchProcessOutput(TranslatorContext context, NDList list) {
    NDArray patches = list.singletonOrThrow();
    float[] values = RgbBatchTranslator.floats(patches);
    Shape one = patches.getShape().slice(1);
    int length = Math.toIntExact(one.size());
    List<O> outputs = new ArrayList<>();
    for (int from = 0; from < values.length; from += length) {
      outputs.add(
          form.of(context.getNDManager(), Arrays.copyOfRange(values, from, from + length), one));
    }
    return outputs;
  }

  /** One image without the batch axis, for callers that batch by themselves. */
  @Override
  public NDList processInput(TranslatorContext context, byte[] encoded)
      throws UnreadableFileException {
    return new NDList(
        context
            .getNDManager()
            .create(
                ByteBuffer.wrap(decode(encoded).pixels()),
                new Shape(imageSize.height(), imageSize.width(), 3),
                DataType.UINT8));
  }

  @Override
  public O processOutput(TranslatorContext context, NDList list) {
    NDArray patches = list.singletonOrThrow();
    return form.of(context.getNDManager(), RgbBatchTranslator.floats(patches), patches.getShape());
  }

  private RgbImage decode(byte[] encoded) throws UnreadableFileException {
    RgbImage image = ImageDecoder.decode(encoded, Text.format("image of %d bytes", encoded.length));
    return BilinearResize.resize(image, imageSize.width(), imageSize.height());
  }
}
