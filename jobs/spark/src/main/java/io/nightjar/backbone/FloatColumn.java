package io.nightjar.backbone;

import scala.collection.Iterator;
import scala.collection.Seq;

/** Numbers of an array column, as functions over single values get them. */
public final class FloatColumn {
  private FloatColumn() {}

  /**
   * Copies the numbers of one row.
   *
   * @param values none of them null
   * @return in their order
   */
  public static float[] toFloats(Seq<Float> values) {
    float[] floats = new float[values.length()];
    Iterator<Float> iterator = values.iterator();
    for (int i = 0; i < floats.length; i++) {
      floats[i] = iterator.next();
    }
    return floats;
  }
}
