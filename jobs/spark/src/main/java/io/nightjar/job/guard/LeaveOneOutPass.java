package io.nightjar.job.guard;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.LeaveOneOut;
import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScores;
import io.nightjar.score.NoveltyScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Scores images of a bank, each against the bank without its own rows. */
record LeaveOneOutPass(LeasedBank bank)
    implements FlatMapFunction<Iterator<LeaveOneOutPass.OwnImage>, LeaveOneOutPass.OwnScores> {
  private static final long serialVersionUID = 1L;

  /** An image and its rows in the bank. */
  record OwnImage(String path, RowRange rows) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * An image's scores.
   *
   * @param distances of its patches from the nearest rows of other images
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record OwnScores(ReferenceScores.Image image, float[] distances) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Iterator<OwnScores> call(Iterator<OwnImage> images) {
    List<OwnImage> all = new ArrayList<>();
    images.forEachRemaining(all::add);
    List<OwnScores> scores = new ArrayList<>();
    try (BankSearches.Lease lease = bank.lease()) {
      List<float[]> distances =
          LeaveOneOut.distances(lease.search(), all.stream().map(OwnImage::rows).toList());
      for (int i = 0; i < distances.size(); i++) {
        scores.add(score(all.get(i).path(), distances.get(i)));
      }
    }
    return scores.iterator();
  }

  /** The scores of a map of these distances. */
  static OwnScores score(String path, float[] distances) {
    AnomalyMap map = new AnomalyMap(distances, distances.length, 1);
    ImageScores scores = ImageScores.of(map.max(), map);
    double sum = 0;
    for (float distance : distances) {
      sum += distance;
    }
    return new OwnScores(
        new ReferenceScores.Image(
            path, scores.max(), NoveltyScore.of(distances), scores.top3(), sum / distances.length),
        distances);
  }
}
