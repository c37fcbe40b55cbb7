package io.nightjar.bank.shard;

import io.nightjar.linalg.ArrayStreams;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * Queries that are sent together to the shards and back. Not a record, because a record cannot
 * define how its array is serialised.
 */
public final class QueryBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int id;
  private final int count;
  private transient float[] values;

  /**
   * @param id identifies the block within one search
   * @param count number of queries
   * @param values {@code count x dimension} values, row by row; kept, not copied
   */
  public QueryBlock(int id, int count, float[] values) {
    this.id = id;
    this.count = count;
    this.values = values;
  }

  /** Identifies the block within one search. */
  public int id() {
    return id;
  }

  /** Number of queries. */
  public int count() {
    return count;
  }

  float[] values() {
    return values;
  }

  /**
   * The memory that a wave needs for this block while it is searched: the values, and for every
   * neighbour a row number and a distance.
   */
  public long bytes(int k) {
    return (long) values.length * Float.BYTES + (long) count * k * (Long.BYTES + Double.BYTES);
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
