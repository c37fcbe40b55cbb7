package io.nightjar.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import io.nightjar.dataset.RgbImage;
import java.nio.ByteBuffer;

/**
 * The trunk's twin: the same networks written anew, operator by operator, on PyTorch, with batch
 * norm as it stands in the weights.
 */
final class TorchTwin {
  private final NDManager manager;
  private final Weights weights;
  private final EmbeddingSpec spec;

  private TorchTwin(NDManager manager, EmbeddingSpec spec, Weights weights) {
    this.manager = manager;
    this.spec = spec;
    this.weights = weights;
  }

  /** Patch embeddings, row-major {@code [patches][channels]}. */
  static float[] embed(EmbeddingSpec spec, Weights weights, RgbImage image) {
    try (NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
      return new TorchTwin(manager, spec, weights).embed(image);
    }
  }

  private float[] embed(RgbImage image) {
    NDArray x =
        manager
            .create(
                ByteBuffer.wrap(image.pixels()),
                new Shape(image.height(), image.width(), 3),
                DataType.UINT8)
            .toType(DataType.FLOAT32, false)
            .div(255)
            .sub(manager.create(new float[] {0.485f, 0.456f, 0.406f}))
            .div(manager.create(new float[] {0.229f, 0.224f, 0.225f}))
            .transpose(2, 0, 1)
            .expandDims(0);
    NDList stages = stages(x);
    float[] patches = new float[spec.patches() * spec.channels()];
    int from = 0;
    for (int layer : spec.layers()) {
      putOnGrid(stages.get(layer - 1), patches, from);
      from += spec.architecture().channels(layer);
    }
    return patches;
  }

  /** Bilinear by its definition, pixel by pixel: DJL's own interpolation antialiases. */
  private void putOnGrid(NDArray stage, float[] patches, int firstChannel) {
    int channels = (int) stage.getShape().get(1);
    int side = (int) stage.getShape().get(2);
    float[] values = stage.toFloatArray();
    for (int patch = 0; patch < spec.patches(); patch++) {
      double y = centre(patch / spec.grid(), side);
      double x = centre(patch % spec.grid(), side);
      int top = (int) y;
      int left = (int) x;
      int bottom = Math.min(top + 1, side - 1);
      int right = Math.min(left + 1, side - 1);
      double down = y - top;
      double across = x - left;
      for (int channel = 0; channel < channels; channel++) {
        int plane = channel * side * side;
        double upper =
            values[plane + top * side + left] * (1 - across)
                + values[plane + top * side + right] * across;
        double lower =
            values[plane + bottom * side + left] * (1 - across)
                + values[plane + bottom * side + right] * across;
        patches[patch * spec.channels() + firstChannel + channel] =
            (float) (upper * (1 - down) + lower * down);
      }
    }
  }

  private double centre(int index, int side) {
    return Math.max(0, (index + 0.5) * side / spec.grid() - 0.5);
  }

  private NDList stages(NDArray image) {
    boolean v1 = spec.architecture() == Architecture.RESNET50_V1;
    NDArray bias = v1 ? tensor("conv1.bias") : null;
    NDArray x = norm("bn1", convolution("conv1", image, bias, 2, 3)).getNDArrayInternal().relu();
    x =
        Pool.maxPool2d(
            x, new Shape(3, 3), new Shape(2, 2), v1 ? new Shape(0, 0) : new Shape(1, 1), v1);
    int[] depths =
        spec.architecture() == Architecture.RESNET18
            ? new int[] {2, 2, 2, 2}
            : new int[] {3, 4, 6, 3};
    NDList stages = new NDList();
    for (int stage = 1; stage <= 4; stage++) {
      for (int index = 0; index < depths[stage - 1]; index++) {
        String name = "layer" + stage + "." + index + ".";
        int stride = stage > 1 && index == 0 ? 2 : 1;
        NDArray path =
            spec.architecture() == Architecture.RESNET18
                ? basic(name, x, stride)
                : bottleneck(name, x, stride, v1);
        if (weights.names().contains(name + "downsample.0.weight")) {
          x = norm(name + "downsample.1", convolution(name + "downsample.0", x, null, stride, 0));
        }
        x = path.add(x).getNDArrayInternal().relu();
      }
      stages.add(x);
    }
    return stages;
  }

  private NDArray basic(String name, NDArray x, int stride) {
    NDArray y = norm(name + "bn1", convolution(name + "conv1", x, null, stride, 1));
    y = y.getNDArrayInternal().relu();
    return norm(name + "bn2", convolution(name + "conv2", y, null, 1, 1));
  }

  private NDArray bottleneck(String name, NDArray x, int stride, boolean v1) {
    NDArray y = norm(name + "bn1", convolution(name + "conv1", x, null, v1 ? stride : 1, 0));
    y = y.getNDArrayInternal().relu();
    y = norm(name + "bn2", convolution(name + "conv2", y, null, v1 ? 1 : stride, 1));
    y = y.getNDArrayInternal().relu();
    return norm(name + "bn3", convolution(name + "conv3", y, null, 1, 0));
  }

  private NDArray convolution(String name, NDArray x, NDArray bias, int stride, int padding) {
    return Conv2d.conv2d(
            x,
            tensor(name + ".weight"),
            bias,
            new Shape(stride, stride),
            new Shape(padding, padding),
            new Shape(1, 1),
            1)
        .singletonOrThrow();
  }

  private NDArray norm(String name, NDArray x) {
    NDArray deviation = perChannel(name + ".running_var").add(1e-5f).sqrt();
    return x.sub(perChannel(name + ".running_mean"))
        .div(deviation)
        .mul(perChannel(name + ".weight"))
        .add(perChannel(name + ".bias"));
  }

  private NDArray perChannel(String name) {
    return tensor(name).reshape(1, -1, 1, 1);
  }

  private NDArray tensor(String name) {
    Tensor tensor = weights.tensor(name);
    return manager.create(
        tensor.values(),
        new Shape(tensor.shape().stream().mapToLong(Integer::longValue).toArray()));
  }
}
