package io.nightjar.pca.covariance;

import io.nightjar.linalg.ArrayStreams;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a set of patches contributes to the covariance of a larger one: their count, the sums of
 * their channels, and the sums of all products of two channels, in float64. Holds about {@code 4
 * channels²} bytes (12.8 MB for 1792 channels).
 *
 * <p>Sums of floating-point numbers depend on their order in the last bits: a caller that combines
 * several parts must fix the order.
 */
public final class PartialCovariance implements Serializable {
  private static final long serialVersionUID = 2L;

  private final int channels;
  private long count;
  private transient double[] sums;

  /** Upper triangle, row after row. */
  private transient double[] products;

  /** Keeps the arrays, without a copy. */
  PartialCovariance(int channels, long count, double[] sums, double[] products) {
    this.channels = channels;
    this.count = count;
    this.sums = sums;
    this.products = products;
  }

  /** Values per patch. */
  public int channels() {
    return channels;
  }

  /** Patches seen. */
  public long count() {
    return count;
  }

  /**
   * The sums of another part, as {@link #toArray} gave them.
   *
   * @param channels values per patch
   * @param count patches seen
   * @param values the sums of the channels, then those of the products
   * @throws IllegalArgumentException if these are not as many as the channels need
   */
  public static PartialCovariance of(int channels, long count, double[] values) {
    int products = PackedTriangle.length(channels);
    if (count < 1 || values.length != channels + products) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values are no sums over %d patches of %d channels",
              values.length, count, channels));
    }
    return new PartialCovariance(
        channels,
        count,
        Arrays.copyOf(values, channels),
        Arrays.copyOfRange(values, channels, values.length));
  }

  /** The sums of the channels, then those of the products: all but {@link #count}. */
  public double[] toArray() {
    double[] values = Arrays.copyOf(sums, sums.length + products.length);
    System.arraycopy(products, 0, values, sums.length, products.length);
    return values;
  }

  /** The sums of the channels; not a copy. */
  double[] sums() {
    return sums;
  }

  /** The sums of products as a {@link PackedTriangle}; not a copy. */
  double[] products() {
    return products;
  }

  /**
   * Adds the other part to this one.
   *
   * @throws IllegalArgumentException if its patches have another number of channels
   */
  public void add(PartialCovariance other) {
    if (other.channels != channels) {
      throw new IllegalArgumentException(
          Text.format(
              "Patches of %d channels cannot be combined with patches of %d channels",
              other.channels, channels));
    }
    count = Math.addExact(count, other.count);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
  }

  /**
   * The mean of each channel.
   *
   * @throws IllegalStateException if there are no patches
   */
  public double[] mean() {
    requireRows(1);
    double[] mean = new double[channels];
    for (int i = 0; i < channels; i++) {
      mean[i] = sums[i] / count;
    }
    return mean;
  }

  /**
   * The covariance of the channels with the divisor {@code count - 1}: row-major, channels x
   * channels, exactly symmetric.
   *
   * @throws IllegalStateException if there are fewer than 2 patches
   */
  public double[] covariance() {
    requireRows(2);
    double[] mean = mean();
    double[] covariance = new double[channels * channels];
    for (int i = 0; i < channels; i++) {
      int packed = PackedTriangle.diagonal(channels, i);
      for (int j = i; j < channels; j++) {
        double value = (products[packed + j - i] - mean[i] * sums[j]) / (count - 1);
        covariance[i * channels + j] = value;
        covariance[j * channels + i] = value;
      }
    }
    return covariance;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    ArrayStreams.write(sums, out);
    ArrayStreams.write(products, out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    sums = ArrayStreams.readDoubles(in);
    products = ArrayStreams.readDoubles(in);
  }

  private void requireRows(int least) {
    if (count < least) {
      throw new IllegalStateException(
          Text.format("There are %d patches, but %d are needed", count, least));
    }
  }
}
