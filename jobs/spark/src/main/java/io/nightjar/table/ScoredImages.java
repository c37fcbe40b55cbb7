package io.nightjar.table;

import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.BankSearches;
import io.nightjar.decision.Decider;
import io.nightjar.metric.detection.RegionFinder;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScore;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.score.MapResize;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.Tuple3;

/** Scores the images of a partition, in a task. */
final class ScoredImages {
  private final OpenedBank bank;
  private final ImageBatch batch;
  private final int neighbours;
  private final boolean maps;
  private final ImageScoreKind kind;
  private final MapResize resize;
  private final Decider decider;
  private final int columns;

  private ScoredImages(OpenedBank bank, ImageBatch batch, ScorerSettings settings, boolean maps) {
    this.bank = bank;
    this.batch = batch;
    this.neighbours = settings.neighbours();
    this.maps = maps;
    this.kind = settings.imageScore();
    this.resize =
        new MapResize(
            settings.smoothing(),
            batch.spec().imageSize().height(),
            batch.spec().imageSize().width());
    this.decider =
        Decider.of(
            bank.stored(),
            settings.decisions(),
            settings.imageScore(),
            HadoopSettings.inTask(settings.hadoop()));
    this.columns = ScoreRows.schema(settings).size();
  }

  static Iterator<Tuple3<Row, Row, float[]>> of(
      ScorerSettings settings, int content, boolean maps, Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    OpenedBank bank = OpenedBanks.get(settings);
    // Built in the background, while the first images are embedded.
    BankSearches.Lease held = bank.acquire();
    TaskScope.keepOpen(held::close);
    ScoredImages scoring =
        new ScoredImages(bank, new ImageBatch(bank, settings, true, content), settings, maps);
    return new BatchedRows<>(rows, settings.batchImages(), scoring::score);
  }

  private List<Tuple3<Row, Row, float[]>> score(List<Row> rows) {
    List<ImageBatch.Decoded> images = batch.decode(rows);
    float[] distances = distances(images);
    int patches = batch.spec().patches();
    List<Tuple3<Row, Row, float[]>> scored = new ArrayList<>();
    int from = 0;
    for (ImageBatch.Decoded image : images) {
      if (image.isReadable()) {
        scored.add(score(image, Arrays.copyOfRange(distances, from, from + patches)));
        from += patches;
      } else {
        scored.add(unusable(image, image.reason()));
      }
    }
    return scored;
  }

  private float[] distances(List<ImageBatch.Decoded> images) {
    float[] reduced = batch.embed(images);
    if (reduced.length == 0) {
      return reduced;
    }
    try (BankSearches.Lease lease = bank.acquire()) {
      int queries = reduced.length / bank.reduction().dimension();
      return lease.search().nearest(reduced, queries, neighbours).meanDistances();
    }
  }

  private Tuple3<Row, Row, float[]> score(ImageBatch.Decoded image, float[] distances) {
    double sum = 0;
    for (float distance : distances) {
      if (!Float.isFinite(distance)) {
        return unusable(image, Text.format("The distance of a patch is %s.", distance));
      }
      sum += distance;
    }
    Size grid = batch.spec().grid();
    AnomalyMap map = AnomalyMap.of(distances, grid.width(), grid.height(), batch.spec().tiles());
    ImageScore largest = new ImageScore();
    Optional<RegionFinder> finder = decider.finder(image.width(), image.height());
    resize.rows(map, image.width(), image.height(), finder.map(largest::andThen).orElse(largest));
    ImageScores scores = ImageScores.of(largest.value(), map);
    List<Object> values =
        new ArrayList<>(
            Arrays.asList(
                scores.of(kind),
                map.max(),
                sum / distances.length,
                image.width(),
                image.height(),
                null,
                scores.max(),
                scores.top3(),
                scores.top1Percent()));
    values.addAll(
        decider.values(new ImageScores(map.max(), scores.top3(), scores.top1Percent()), finder));
    return new Tuple3<>(
        image.row(), RowFactory.create(values.toArray()), maps ? map.stitched().values() : null);
  }

  private Tuple3<Row, Row, float[]> unusable(ImageBatch.Decoded image, String reason) {
    Object[] values = new Object[columns];
    values[ScoreRows.SCHEMA.fieldIndex("reason")] = reason;
    return new Tuple3<>(image.row(), RowFactory.create(values), null);
  }
}
