package io.nightjar.backbone.graph;

import io.nightjar.backbone.spec.ResNet;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;

/**
 * Folds inference-time batch norm into the convolution before it: {@code w' = w g / sqrt(v + eps)},
 * {@code b' = (b - m) g / sqrt(v + eps) + beta}, in float64, rounded once.
 *
 * <p>Source: Ioffe and Szegedy, "Batch Normalization" (2015), section 3.1.
 */
public final class BatchNormFolding {
  /** The epsilon of torchvision's and Caffe's ResNets. */
  static final double EPSILON = 1e-5;

  /** A convolution's weight {@code [out, in, kernel, kernel]} and bias {@code [out]}. */
  public record Folded(Tensor weight, Tensor bias) {}

  private BatchNormFolding() {}

  /** Weight and bias of the convolution with its batch norm folded in. */
  public static Folded fold(ResNet.Convolution convolution, Weights weights) {
    Tensor weight = weights.tensor(convolution.name() + ".weight");
    float[] gamma = weights.tensor(convolution.norm() + ".weight").values();
    float[] beta = weights.tensor(convolution.norm() + ".bias").values();
    float[] mean = weights.tensor(convolution.norm() + ".running_mean").values();
    float[] variance = weights.tensor(convolution.norm() + ".running_var").values();
    float[] ownBias =
        convolution.bias()
            ? weights.tensor(convolution.name() + ".bias").values()
            : new float[convolution.out()];
    int rowLength = weight.values().length / convolution.out();
    float[] foldedWeight = new float[weight.values().length];
    float[] foldedBias = new float[convolution.out()];
    for (int channel = 0; channel < convolution.out(); channel++) {
      if (variance[channel] < 0) {
        throw new InvalidInputException(
            Text.format(
                "The tensor %s.running_var of %s holds the negative variance %s: the file is damaged.",
                convolution.norm(), weights.source(), variance[channel]));
      }
      double scale = gamma[channel] / Math.sqrt(variance[channel] + EPSILON);
      foldedBias[channel] =
          (float) (((double) ownBias[channel] - mean[channel]) * scale + beta[channel]);
      int row = channel * rowLength;
      for (int i = row; i < row + rowLength; i++) {
        foldedWeight[i] = (float) (weight.values()[i] * scale);
      }
    }
    return new Folded(
        new Tensor(weight.shape(), foldedWeight),
        new Tensor(List.of(convolution.out()), foldedBias));
  }
}
