package io.nightjar.backbone;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Embedder;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Embeds the images of a partition batch by batch, with one batch in memory at a time. */
final class EmbedRows implements MapPartitionsFunction<Row, Tuple2<Row, float[]>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(EmbedRows.class);

  private final Broadcast<BackboneModel> model;
  private final DeviceRequest device;
  private final String inputColumn;
  private final int batchSize;
  private final InvalidImages handleInvalid;

  EmbedRows(
      Broadcast<BackboneModel> model,
      DeviceRequest device,
      String inputColumn,
      int batchSize,
      InvalidImages handleInvalid) {
    this.model = model;
    this.device = device;
    this.inputColumn = inputColumn;
    this.batchSize = batchSize;
    this.handleInvalid = handleInvalid;
  }

  @Override
  public Iterator<Tuple2<Row, float[]>> call(Iterator<Row> rows) {
    Embedder embedder = Embedders.forTask(model.value(), device, TaskContext.get().cpus());
    return new Batches(rows, embedder);
  }

  private final class Batches implements Iterator<Tuple2<Row, float[]>> {
    private final Iterator<Row> rows;
    private final Embedder embedder;
    private final Deque<Tuple2<Row, float[]>> ready = new ArrayDeque<>();

    Batches(Iterator<Row> rows, Embedder embedder) {
      this.rows = rows;
      this.embedder = embedder;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        embedBatch();
      }
      return !ready.isEmpty();
    }

    @Override
    public Tuple2<Row, float[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    private void embedBatch() {
      List<Row> batch = new ArrayList<>();
      // For each row the index of its image in the batch, or -1 where it has none.
      List<Integer> places = new ArrayList<>();
      List<RgbImage> images = new ArrayList<>();
      while (rows.hasNext() && images.size() < batchSize && batch.size() < 2 * batchSize) {
        Row row = rows.next();
        try {
          images.add(decode(row));
          places.add(images.size() - 1);
          batch.add(row);
        } catch (UnreadableFileException e) {
          if (handleInvalid == InvalidImages.ERROR) {
            throw new IllegalStateException(
                Text.format(
                    "%s Set handleInvalid to 'skip' or 'keep' to continue without it.",
                    e.getMessage()),
                e);
          }
          LOG.warn("Not embedded: {}", e.getMessage());
          if (handleInvalid == InvalidImages.KEEP) {
            batch.add(row);
            places.add(-1);
          }
        }
      }
      float[] patches = images.isEmpty() ? new float[0] : embedder.embed(images);
      int length = images.isEmpty() ? 0 : patches.length / images.size();
      for (int i = 0; i < batch.size(); i++) {
        int place = places.get(i);
        ready.add(
            new Tuple2<>(
                batch.get(i),
                place < 0
                    ? null
                    : Arrays.copyOfRange(patches, place * length, (place + 1) * length)));
      }
    }

    private RgbImage decode(Row row) throws UnreadableFileException {
      byte[] encoded = row.getAs(inputColumn);
      String name = name(row);
      if (encoded == null) {
        throw new UnreadableFileException(name, "The value is null.");
      }
      Size size = model.value().spec().imageSize();
      return BilinearResize.resize(ImageDecoder.decode(encoded, name), size.width(), size.height());
    }

    /**
     * The path that Spark's {@code binaryFile} source gives next to the content, if there is one.
     */
    private String name(Row row) {
      boolean named = Arrays.asList(row.schema().fieldNames()).contains("path");
      return named ? String.valueOf(row.<Object>getAs("path")) : "a value of column " + inputColumn;
    }
  }
}
