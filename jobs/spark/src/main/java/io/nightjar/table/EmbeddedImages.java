package io.nightjar.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.Tuple3;

/** Embeds the images of a partition, in a task. */
final class EmbeddedImages {
  private EmbeddedImages() {}

  static Iterator<Tuple3<Row, String, float[]>> of(
      ScorerSettings settings, int content, Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    ImageBatch batch = new ImageBatch(OpenedBanks.get(settings), settings, false, content);
    return new BatchedRows<>(rows, settings.batchImages(), some -> embed(batch, some));
  }

  private static List<Tuple3<Row, String, float[]>> embed(ImageBatch batch, List<Row> rows) {
    List<ImageBatch.Decoded> images = batch.decode(rows);
    float[] patches = batch.embed(images);
    int readable = (int) images.stream().filter(ImageBatch.Decoded::isReadable).count();
    int length = readable == 0 ? 0 : patches.length / readable;
    List<Tuple3<Row, String, float[]>> embedded = new ArrayList<>();
    int from = 0;
    for (ImageBatch.Decoded image : images) {
      if (image.isReadable()) {
        float[] own = Arrays.copyOfRange(patches, from, from + length);
        embedded.add(new Tuple3<>(image.row(), null, own));
        from += length;
      } else {
        embedded.add(new Tuple3<>(image.row(), image.reason(), null));
      }
    }
    return embedded;
  }
}
