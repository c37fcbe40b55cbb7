package io.nightjar.pca.covariance;

import io.nightjar.linalg.ArrayStreams;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a set of patches contributes to the covariance of a larger one: their count, the sums of
 * their channels, and the sums of all products of two channels, in float64. Holds about {@code 4
 * channels²} bytes (12.8 MB for 1792 channels).
 *
 * <p>Channels may be divided into groups, such as those of the branches of an embedding: then there
 * are products within each group alone.
 *
 * <p>Sums of floating-point numbers depend on their order in the last bits: a caller that combines
 * several parts must fix the order.
 */
public final class PartialCovariance implements Serializable {
  private static final long serialVersionUID = 3L;

  /** Channels of each group. */
  private final List<Integer> groups;

  private long count;
  private transient double[] sums;

  /** For each group the upper triangle, row after row. */
  private transient double[] products;

  /** Keeps the arrays, without a copy; all channels are one group. */
  PartialCovariance(int channels, long count, double[] sums, double[] products) {
    this(List.of(channels), count, sums, products);
  }

  private PartialCovariance(List<Integer> groups, long count, double[] sums, double[] products) {
    this.groups = List.copyOf(groups);
    this.count = count;
    this.sums = sums;
    this.products = products;
  }

  /**
   * Groups of channels next to each other; the arrays are copied.
   *
   * @param parts of the same patches, each one group
   * @throws IllegalArgumentException if they are of different numbers of patches
   */
  static PartialCovariance concatenated(List<PartialCovariance> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    if (parts.stream().mapToLong(PartialCovariance::count).distinct().count() != 1) {
      throw new IllegalArgumentException("Groups of channels must be of the same patches");
    }
    return new PartialCovariance(
        parts.stream().map(PartialCovariance::channels).toList(),
        parts.get(0).count,
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.sums)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.products)).toArray());
  }

  /** Values per patch. */
  public int channels() {
    return sums.length;
  }

  /** The groups of channels, each alone; of one group, this itself. */
  public List<PartialCovariance> groups() {
    if (groups.size() == 1) {
      return List.of(this);
    }
    List<PartialCovariance> alone = new ArrayList<>();
    int firstSum = 0;
    int firstProduct = 0;
    for (int channels : groups) {
      int endOfSums = firstSum + channels;
      int endOfProducts = firstProduct + PackedTriangle.length(channels);
      alone.add(
          new PartialCovariance(
              channels,
              count,
              Arrays.copyOfRange(sums, firstSum, endOfSums),
              Arrays.copyOfRange(products, firstProduct, endOfProducts)));
      firstSum = endOfSums;
      firstProduct = endOfProducts;
    }
    return alone;
  }

  /** Patches seen. */
  public long count() {
    return count;
  }

  /**
   * The sums of another part, as {@link #toArray} gave them.
   *
   * @param groups channels of each group
   * @param count patches seen
   * @param values the sums of the channels, then those of the products
   * @throws IllegalArgumentException if these are not as many as the channels need
   */
  public static PartialCovariance of(List<Integer> groups, long count, double[] values) {
    int channels = groups.stream().mapToInt(Integer::intValue).sum();
    int products = groups.stream().mapToInt(PackedTriangle::length).sum();
    if (count < 1 || values.length != channels + products) {
      throw new IllegalArgumentException(
          Text.format(
              "%d values are no sums over %d patches of %d channels",
              values.length, count, channels));
    }
    return new PartialCovariance(
        groups,
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
   * @throws IllegalArgumentException if its patches have other numbers of channels
   */
  public void add(PartialCovariance other) {
    if (!other.groups.equals(groups)) {
      throw new IllegalArgumentException(
          Text.format(
              "Patches of %s channels cannot be combined with patches of %s channels",
              described(other.groups), described(groups)));
    }
    count = Math.addExact(count, other.count);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
  }

  private static String described(List<Integer> groups) {
    return groups.stream().map(String::valueOf).collect(Collectors.joining(" and "));
  }

  /**
   * The mean of each channel.
   *
   * @throws IllegalStateException if there are no patches
   */
  public double[] mean() {
    requireRows(1);
    double[] mean = new double[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = sums[i] / count;
    }
    return mean;
  }

  /**
   * The covariance of the channels with the divisor {@code count - 1}: row-major, channels x
   * channels, exactly symmetric.
   *
   * @throws IllegalStateException if there are fewer than 2 patches, or several groups of channels
   */
  public double[] covariance() {
    requireRows(2);
    if (groups.size() > 1) {
      throw new IllegalStateException(
          Text.format("Products of %s channels are no covariance of all", described(groups)));
    }
    int channels = sums.length;
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
