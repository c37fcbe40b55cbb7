package io.nightjar.bank.shard;

import io.nightjar.linalg.ArrayStreams;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Consecutive rows of a bank and the number of the first of them. Not a record, because a record
 * cannot define how its array is serialised.
 */
final class RowBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long firstRow;
  private transient float[] values;

  /**
   * @param values row by row; kept, not copied
   */
  RowBlock(long firstRow, float[] values) {
    this.firstRow = firstRow;
    this.values = values;
  }

  long firstRow() {
    return firstRow;
  }

  float[] values() {
    return values;
  }

  int rows(int dimension) {
    return values.length / dimension;
  }

  /** The same rows, preceded by {@code rows} more. */
  RowBlock after(long precedingRows) {
    return new RowBlock(precedingRows + firstRow, values);
  }

  /** Rows {@code from} to {@code to} of this block; the block itself where that is all of it. */
  RowBlock slice(int from, int to, int dimension) {
    return from == 0 && to * dimension == values.length
        ? this
        : new RowBlock(
            firstRow + from, Arrays.copyOfRange(values, from * dimension, to * dimension));
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    ArrayStreams.write(values, out);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    values = ArrayStreams.readFloats(in);
  }
}
