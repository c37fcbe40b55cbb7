package io.nightjar.pca.covariance;

import io.nightjar.linalg.Blas;
import io.nightjar.text.Text;

/**
 * Accumulates a covariance over patches as they come: float32 matrix products over blocks of
 * {@value #BLOCK_ROWS} patches, summed in float64.
 *
 * <p>Blocks are counted over the whole sequence of patches, so the result depends on that sequence
 * alone, to the bit, not on how it was cut into calls of {@link #add}. Not for use by several
 * threads at once. Holds about {@code 8 channels²} bytes and one block.
 */
public final class CovarianceAccumulator {
  static final int BLOCK_ROWS = 784;

  private final int channels;
  private final int firstChannel;
  private final double[] sums;
  private final double[] products;
  private final float[] gram;
  private float[] pending = new float[0];
  private int pendingRows;
  private long count;
  private boolean finished;

  /**
   * @throws IllegalArgumentException if {@code channels} is below 1 or too large for one array
   */
  public CovarianceAccumulator(int channels) {
    this(channels, 0);
  }

  /** For some of the channels of patches: messages count them from {@code firstChannel} on. */
  CovarianceAccumulator(int channels, int firstChannel) {
    PackedTriangle.requireSide(channels);
    this.channels = channels;
    this.firstChannel = firstChannel;
    this.sums = new double[channels];
    this.products = new double[PackedTriangle.length(channels)];
    this.gram = new float[channels * channels];
  }

  /**
   * Adds the first {@code count} patches of a row-major array.
   *
   * @throws IllegalArgumentException if the array is too short, or, at the latest in {@link
   *     #toPartial}, if a value is NaN, infinite, or too large for its square to be a float
   * @throws IllegalStateException after {@link #toPartial}
   */
  public void add(float[] rows, int count) {
    requireUnfinished();
    if (count < 0 || (long) count * channels > rows.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d patches of %d channels need %d values, but the array holds %d",
              count, channels, (long) count * channels, rows.length));
    }
    int taken = 0;
    while (taken < count) {
      if (pendingRows == 0 && count - taken >= BLOCK_ROWS) {
        addBlock(rows, taken * channels, BLOCK_ROWS);
        taken += BLOCK_ROWS;
      } else {
        taken += keepPending(rows, taken, count - taken);
      }
    }
  }

  /** Ends the accumulation and returns the sums. */
  public PartialCovariance toPartial() {
    requireUnfinished();
    if (pendingRows > 0) {
      flush();
    }
    finished = true;
    return new PartialCovariance(channels, count, sums, products);
  }

  private int keepPending(float[] rows, int from, int available) {
    if (pending.length == 0) {
      pending = new float[Math.multiplyExact(BLOCK_ROWS, channels)];
    }
    int kept = Math.min(available, BLOCK_ROWS - pendingRows);
    System.arraycopy(rows, from * channels, pending, pendingRows * channels, kept * channels);
    pendingRows += kept;
    if (pendingRows == BLOCK_ROWS) {
      flush();
    }
    return kept;
  }

  private void flush() {
    addBlock(pending, 0, pendingRows);
    pendingRows = 0;
  }

  private void addBlock(float[] rows, int offset, int blockRows) {
    Blas.gramUpper(rows, offset, blockRows, channels, gram);
    requireFinite(rows, offset, blockRows);
    for (int i = 0; i < channels; i++) {
      int packed = PackedTriangle.diagonal(channels, i);
      int full = i * channels + i;
      for (int j = 0; j < channels - i; j++) {
        products[packed + j] += gram[full + j];
      }
    }
    for (int row = 0; row < blockRows; row++) {
      int start = offset + row * channels;
      for (int i = 0; i < channels; i++) {
        sums[i] += rows[start + i];
      }
    }
    count += blockRows;
  }

  /** A sum of squares is finite only where every value is. */
  private void requireFinite(float[] rows, int offset, int blockRows) {
    for (int i = 0; i < channels; i++) {
      if (!Float.isFinite(gram[i * channels + i])) {
        throw new IllegalArgumentException(
            Text.format(
                    "Channel %d of the patches %d to %d holds %s: values must be finite, and small enough",
                    firstChannel + i,
                    count,
                    count + blockRows - 1,
                    firstNonFinite(rows, offset, blockRows, i))
                + " for the sum of their squares to be a float");
      }
    }
  }

  private float firstNonFinite(float[] rows, int offset, int blockRows, int channel) {
    float worst = 0;
    for (int row = 0; row < blockRows; row++) {
      float value = rows[offset + row * channels + channel];
      if (!Float.isFinite(value)) {
        return value;
      }
      worst = Math.abs(value) > Math.abs(worst) ? value : worst;
    }
    return worst;
  }

  private void requireUnfinished() {
    if (finished) {
      throw new IllegalStateException("The accumulation has ended with toPartial()");
    }
  }
}
