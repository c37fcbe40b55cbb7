package io.nightjar.backbone.onednn;

import io.nightjar.text.Text;

/**
 * The parameters of a square convolution with zero padding.
 *
 * @param weights row-major {@code [out][in][kernel][kernel]}
 * @param bias one value an output channel
 * @param in input channels
 * @param out output channels, a multiple of 16
 * @param kernel cells along each side of the window
 * @param stride cells from window to window
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers, never compared or used as a key
public record Filter(float[] weights, float[] bias, int in, int out, int kernel, int stride) {
  /** Refuses arrays of other lengths than the shape needs. */
  public Filter {
    if (weights.length != (long) out * in * kernel * kernel || bias.length != out) {
      throw new IllegalArgumentException(
          Text.format(
              "A convolution of %d to %d channels in windows of %d needs %d weights and %d biases, not %d and %d",
              in,
              out,
              kernel,
              (long) out * in * kernel * kernel,
              out,
              weights.length,
              bias.length));
    }
  }

  int padding() {
    return kernel / 2;
  }

  int side(int before) {
    return (before + 2 * padding() - kernel) / stride + 1;
  }

  /** Whether Winograd's method exists for it. */
  boolean isSmallAndDense() {
    return kernel == 3 && stride == 1;
  }
}
