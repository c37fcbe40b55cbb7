package io.nightjar.backbone.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.nightjar.backbone.graph.BatchNormFolding;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The backbone's twin: the same networks written again, operator by operator, on PyTorch, with
 * batch norm as it is in the weights or, to be fast, folded into the convolutions.
 */
public final class TorchTwin implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
  private final Map<String, NDArray> tensors = new HashMap<>();
  private final Weights weights;
  private final EmbeddingSpec spec;
  private final boolean folded;

  private TorchTwin(EmbeddingSpec spec, Weights weights, boolean folded) {
    this.spec = spec;
    this.weights = weights;
    this.folded = folded;
    if (folded) {
      for (ResNet.Convolution convolution :
          ResNet.of(spec.architecture(), spec.lastStage()).convolutions()) {
        BatchNormFolding.Folded values = BatchNormFolding.fold(convolution, weights);
        tensors.put(convolution.name() + ".folded", create(values.weight()));
        tensors.put(convolution.name() + ".folded.bias", create(values.bias()));
      }
    }
  }

  /** Patch embeddings, row-major {@code [patches][channels]}. */
  public static float[] embed(EmbeddingSpec spec, Weights weights, RgbImage image) {
    try (TorchTwin twin = new TorchTwin(spec, weights, false)) {
      return twin.embed(image);
    }
  }

  /** A twin whose weights stay in memory, with batch norm folded into the convolutions. */
  public static TorchTwin folded(EmbeddingSpec spec, Weights weights) {
    return new TorchTwin(spec, weights, true);
  }

  /** Runs the network on a batch and drops what comes out. */
  public void run(List<RgbImage> images) {
    try (NDManager batch = manager.newSubManager()) {
      // The last stage waits for all others.
      stages(normalised(batch, images)).get(spec.lastStage() - 1).toFloatArray();
    }
  }

  /** Patch embeddings, row-major {@code [patches][channels]}. */
  public float[] embed(RgbImage image) {
    try (NDManager batch = manager.newSubManager()) {
      NDList stages = stages(normalised(batch, List.of(image)));
      float[] patches = new float[spec.patches() * spec.channels()];
      int from = 0;
      for (int layer : spec.layers()) {
        putOnGrid(stages.get(layer - 1), patches, from);
        from += spec.architecture().channels(layer);
      }
      return patches;
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  private NDArray normalised(NDManager batch, List<RgbImage> images) {
    Size size = spec.imageSize();
    ByteBuffer pixels = batch.allocateDirect(images.size() * 3 * size.cells());
    images.forEach(image -> pixels.put(image.pixels()));
    return batch
        .create(
            pixels.rewind(),
            new Shape(images.size(), size.height(), size.width(), 3),
            DataType.UINT8)
        .toType(DataType.FLOAT32, false)
        .div(255)
        .sub(batch.create(new float[] {0.485f, 0.456f, 0.406f}))
        .div(batch.create(new float[] {0.229f, 0.224f, 0.225f}))
        .transpose(0, 3, 1, 2);
  }

  /** Bilinear by its definition, pixel by pixel: DJL's own interpolation antialiases. */
  private void putOnGrid(NDArray stage, float[] patches, int firstChannel) {
    int channels = (int) stage.getShape().get(1);
    int height = (int) stage.getShape().get(2);
    int width = (int) stage.getShape().get(3);
    float[] values = stage.toFloatArray();
    for (int patch = 0; patch < spec.patches(); patch++) {
      double y = centre(patch / spec.grid().width(), height, spec.grid().height());
      double x = centre(patch % spec.grid().width(), width, spec.grid().width());
      int top = (int) y;
      int left = (int) x;
      int bottom = Math.min(top + 1, height - 1);
      int right = Math.min(left + 1, width - 1);
      double down = y - top;
      double across = x - left;
      for (int channel = 0; channel < channels; channel++) {
        int plane = channel * height * width;
        double upper =
            values[plane + top * width + left] * (1 - across)
                + values[plane + top * width + right] * across;
        double lower =
            values[plane + bottom * width + left] * (1 - across)
                + values[plane + bottom * width + right] * across;
        patches[patch * spec.channels() + firstChannel + channel] =
            (float) (upper * (1 - down) + lower * down);
      }
    }
  }

  private static double centre(int index, int side, int grid) {
    return Math.max(0, (index + 0.5) * side / grid - 0.5);
  }

  private NDList stages(NDArray images) {
    boolean v1 = spec.architecture() == Architecture.RESNET50_V1;
    NDArray x = convolution("conv1", "bn1", images, 2, 3).getNDArrayInternal().relu();
    x =
        Pool.maxPool2d(
            x, new Shape(3, 3), new Shape(2, 2), v1 ? new Shape(0, 0) : new Shape(1, 1), v1);
    int[] depths =
        spec.architecture() == Architecture.RESNET18
            ? new int[] {2, 2, 2, 2}
            : new int[] {3, 4, 6, 3};
    NDList stages = new NDList();
    for (int stage = 1; stage <= spec.lastStage(); stage++) {
      for (int index = 0; index < depths[stage - 1]; index++) {
        String name = "layer" + stage + "." + index + ".";
        int stride = stage > 1 && index == 0 ? 2 : 1;
        NDArray path =
            spec.architecture() == Architecture.RESNET18
                ? basic(name, x, stride)
                : bottleneck(name, x, stride, v1);
        if (weights.names().contains(name + "downsample.0.weight")) {
          x = convolution(name + "downsample.0", name + "downsample.1", x, stride, 0);
        }
        x = path.add(x).getNDArrayInternal().relu();
      }
      stages.add(x);
    }
    return stages;
  }

  private NDArray basic(String name, NDArray x, int stride) {
    NDArray y = convolution(name + "conv1", name + "bn1", x, stride, 1).getNDArrayInternal().relu();
    return convolution(name + "conv2", name + "bn2", y, 1, 1);
  }

  private NDArray bottleneck(String name, NDArray x, int stride, boolean v1) {
    NDArray y = convolution(name + "conv1", name + "bn1", x, v1 ? stride : 1, 0);
    y = y.getNDArrayInternal().relu();
    y = convolution(name + "conv2", name + "bn2", y, v1 ? 1 : stride, 1);
    y = y.getNDArrayInternal().relu();
    return convolution(name + "conv3", name + "bn3", y, 1, 0);
  }

  /** A convolution and the batch norm after it. */
  private NDArray convolution(String name, String norm, NDArray x, int stride, int padding) {
    if (folded) {
      return convolution(
          x, tensors.get(name + ".folded"), tensors.get(name + ".folded.bias"), stride, padding);
    }
    NDArray bias = weights.names().contains(name + ".bias") ? tensor(name + ".bias") : null;
    NDArray y = convolution(x, tensor(name + ".weight"), bias, stride, padding);
    NDArray deviation = perChannel(norm + ".running_var").add(1e-5f).sqrt();
    return y.sub(perChannel(norm + ".running_mean"))
        .div(deviation)
        .mul(perChannel(norm + ".weight"))
        .add(perChannel(norm + ".bias"));
  }

  private static NDArray convolution(
      NDArray x, NDArray weight, NDArray bias, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            weight,
            bias,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            1)
        .singletonOrThrow();
  }

  private NDArray perChannel(String name) {
    return tensor(name).reshape(1, -1, 1, 1);
  }

  private NDArray tensor(String name) {
    return tensors.computeIfAbsent(name, absent -> create(weights.tensor(absent)));
  }

  private NDArray create(Tensor tensor) {
    return manager.create(
        tensor.values(),
        new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray()));
  }
}
