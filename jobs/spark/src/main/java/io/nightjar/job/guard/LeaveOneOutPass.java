package io.nightjar.job.guard;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.score.NoveltyScore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Scores images of a bank, each against the bank without its own rows. */
record LeaveOneOutPass(LeasedBank bank)
    implements FlatMapFunction<Iterator<LeaveOneOutPass.OwnImage>, ReferenceScores.Image> {
  private static final long serialVersionUID = 1L;

  /** An image and its rows in the bank. */
  record OwnImage(String path, RowRange rows) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Iterator<ReferenceScores.Image> call(Iterator<OwnImage> images) {
    List<ReferenceScores.Image> scores = new ArrayList<>();
    try (BankSearches.Lease lease = bank.lease()) {
      images.forEachRemaining(image -> scores.add(score(image, lease.search())));
    }
    return scores.iterator();
  }

  private static ReferenceScores.Image score(OwnImage image, NearestSearch search) {
    float[] queries = search.bank().copyOf(image.rows());
    float[] distances =
        search.nearestOutside(queries, image.rows().size(), 1, image.rows()).meanDistances();
    float largest = 0;
    for (float distance : distances) {
      largest = Math.max(largest, distance);
    }
    return new ReferenceScores.Image(image.path(), largest, NoveltyScore.of(distances));
  }
}
