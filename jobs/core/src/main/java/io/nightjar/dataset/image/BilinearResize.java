package io.nightjar.dataset.image;

import io.nightjar.text.Text;
import java.util.Arrays;

/**
 * Pillow's {@code Image.resize((width, height), BILINEAR)} for 8-bit RGB, bit for bit: a triangle
 * filter, widened by the factor of the reduction so that it does not alias, first along the rows,
 * then along the columns, in fixed-point numbers, each pass rounded to 8 bits (Pillow, {@code
 * src/libImaging/Resample.c}).
 */
public final class BilinearResize {
  /** Bits behind the binary point: 8 of 32 hold the pixel, 2 are kept free. */
  private static final int PRECISION_BITS = 32 - 8 - 2;

  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private BilinearResize() {}

  /**
   * The image at another size.
   *
   * @param width columns of the result, at least 1
   * @param height rows of the result, at least 1
   */
  public static RgbImage resize(RgbImage image, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          Text.format("An image cannot be resized to %d x %d pixels", width, height));
    }
    byte[] pixels = image.pixels();
    if (width != image.width()) {
      pixels = alongRows(pixels, image.height(), image.width(), Taps.of(image.width(), width));
    }
    if (height != image.height()) {
      pixels = alongColumns(pixels, width, Taps.of(image.height(), height));
    }
    return new RgbImage(width, height, pixels == image.pixels() ? pixels.clone() : pixels);
  }

  private static byte[] alongRows(byte[] in, int rows, int inWidth, Taps taps) {
    int outWidth = taps.first.length;
    byte[] out = new byte[Math.multiplyExact(3 * rows, outWidth)];
    int o = 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < outWidth; x++) {
        int i = 3 * (y * inWidth + taps.first[x]);
        int weight = x * taps.stride;
        int end = weight + taps.count[x];
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (; weight < end; weight++, i += 3) {
          int w = taps.weights[weight];
          red += w * (in[i] & 0xff);
          green += w * (in[i + 1] & 0xff);
          blue += w * (in[i + 2] & 0xff);
        }
        out[o++] = clip(red);
        out[o++] = clip(green);
        out[o++] = clip(blue);
      }
    }
    return out;
  }

  private static byte[] alongColumns(byte[] in, int width, Taps taps) {
    int outHeight = taps.first.length;
    int row = 3 * width;
    byte[] out = new byte[Math.multiplyExact(row, outHeight)];
    int[] sums = new int[row];
    for (int y = 0; y < outHeight; y++) {
      Arrays.fill(sums, HALF);
      for (int t = 0; t < taps.count[y]; t++) {
        int w = taps.weights[y * taps.stride + t];
        int i = (taps.first[y] + t) * row;
        for (int x = 0; x < row; x++) {
          sums[x] += w * (in[i + x] & 0xff);
        }
      }
      int o = y * row;
      for (int x = 0; x < row; x++) {
        out[o + x] = clip(sums[x]);
      }
    }
    return out;
  }

  /** The weights are never negative, so only the upper end can be exceeded, by their rounding. */
  private static byte clip(int fixedPoint) {
    return (byte) Math.min(fixedPoint >> PRECISION_BITS, 255);
  }

  /**
   * The input samples of each output sample: {@code count[i]} of them from {@code first[i]} on,
   * their weights from {@code weights[i * stride]} on.
   */
  @SuppressWarnings("ArrayRecordComponent") // a table, never compared
  private record Taps(int[] first, int[] count, int[] weights, int stride) {

    static Taps of(int inSize, int outSize) {
      double scale = (double) inSize / outSize;
      double reach = Math.max(scale, 1.0);
      int stride = (int) Math.ceil(reach) * 2 + 1;
      int[] first = new int[outSize];
      int[] count = new int[outSize];
      int[] weights = new int[Math.multiplyExact(outSize, stride)];
      double[] triangle = new double[stride];
      for (int i = 0; i < outSize; i++) {
        double centre = (i + 0.5) * scale;
        int from = Math.max((int) (centre - reach + 0.5), 0);
        int n = Math.min((int) (centre + reach + 0.5), inSize) - from;
        double sum = 0;
        for (int t = 0; t < n; t++) {
          double distance = Math.abs((t + from - centre + 0.5) * (1.0 / reach));
          triangle[t] = distance < 1.0 ? 1.0 - distance : 0.0;
          sum += triangle[t];
        }
        for (int t = 0; t < n; t++) {
          weights[i * stride + t] = (int) (0.5 + triangle[t] / sum * (1 << PRECISION_BITS));
        }
        first[i] = from;
        count[i] = n;
      }
      return new Taps(first, count, weights, stride);
    }
  }
}
