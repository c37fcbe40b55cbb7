package io.nightjar.export;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.RowRange;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Half;
import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The rows of a bank in the format and the parts in which a file has them. */
final class BankRows {
  /**
   * Rows of a part: the products of the patches of an image with it are 51 MB with the default
   * grid.
   */
  static final int PART = 1 << 14;

  private final MemoryBank bank;
  private final RowPrecision precision;
  private final int partRows;

  BankRows(MemoryBank bank, RowPrecision precision, int partRows) {
    this.bank = bank;
    this.precision = precision;
    this.partRows = partRows;
  }

  /** How many parts there are; the last one may be smaller than the others. */
  int parts() {
    return (bank.rows() + partRows - 1) / partRows;
  }

  int dimension() {
    return bank.dimension();
  }

  RowPrecision precision() {
    return precision;
  }

  /** Rows of a part. */
  int rows(int part) {
    return range(part).size();
  }

  private RowRange range(int part) {
    int from = part * partRows;
    return new RowRange(from, Math.min(bank.rows(), from + partRows));
  }

  /** Length of all rows. */
  long bytes() {
    return bytes(bank.rows());
  }

  /** Length of so many rows. */
  long bytes(int rows) {
    return (long) rows * bank.dimension() * precision.bytes();
  }

  /** A part as the file has it: row-major, little-endian. */
  byte[] encoded(int part) {
    float[] values = bank.copyOf(range(part));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(bytes(rows(part)))).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (precision) {
        case FP32 -> bytes.putFloat(value);
        case FP16 -> bytes.putShort(Half.of(value));
      }
    }
    return bytes.array();
  }

  /** The squared length of each row of a part, as the file has the row; summed in float64. */
  float[] squaredLengths(int part) {
    float[] values = bank.copyOf(range(part));
    float[] lengths = new float[rows(part)];
    for (int row = 0; row < lengths.length; row++) {
      double sum = 0;
      for (int i = row * dimension(); i < (row + 1) * dimension(); i++) {
        double value = stored(values[i]);
        sum += value * value;
      }
      lengths[row] = (float) sum;
    }
    return lengths;
  }

  private float stored(float value) {
    return precision == RowPrecision.FP32 ? value : Half.toFloat(Half.of(value));
  }

  /**
   * The largest distance between a row and what the file has of it. No distance of a patch from the
   * bank changes by more (triangle inequality).
   *
   * @throws InvalidInputException if a value exceeds the format's range
   */
  double largestLoss() {
    if (precision == RowPrecision.FP32) {
      return 0;
    }
    double largest = 0;
    for (int part = 0; part < parts(); part++) {
      float[] values = bank.copyOf(range(part));
      for (int row = 0; row < rows(part); row++) {
        double sum = 0;
        for (int i = row * dimension(); i < (row + 1) * dimension(); i++) {
          float stored = stored(values[i]);
          if (!Float.isFinite(stored)) {
            throw new InvalidInputException(
                Text.format(
                    "A row of the bank holds %s, which float16 cannot: use --precision fp32.",
                    values[i]));
          }
          double difference = (double) values[i] - stored;
          sum += difference * difference;
        }
        largest = Math.max(largest, sum);
      }
    }
    return Math.sqrt(largest);
  }
}
