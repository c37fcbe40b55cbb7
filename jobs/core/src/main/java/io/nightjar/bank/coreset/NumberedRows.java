package io.nightjar.bank.coreset;

import io.nightjar.linalg.ArrayStreams;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * Rows with their numbers, as sent between tasks. Not a record, because a record cannot define how
 * its arrays are serialised.
 */
public final class NumberedRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private int[] numbers;
  private transient float[] values;

  /**
   * Holds rows as they are, without a copy.
   *
   * @param numbers one for each row
   * @param values row by row: as many as there are numbers, times the length of a row
   */
  public NumberedRows(int[] numbers, float[] values) {
    this.numbers = numbers;
    this.values = values;
  }

  /**
   * The number of each row; not a copy.
   *
   * @return as many as there are rows
   */
  public int[] numbers() {
    return numbers;
  }

  float[] values() {
    return values;
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
