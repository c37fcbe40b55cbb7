package io.nightjar.job.ensemble;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.LeaveOneOut;
import io.nightjar.job.guard.LeasedBank;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Scores the patches of a bank's own images by their rows, each without those of its image. */
record OwnRowsPass(LeasedBank bank, int neighbours)
    implements FlatMapFunction<Iterator<OwnImage>, float[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<float[]> call(Iterator<OwnImage> images) {
    List<OwnImage> own = new ArrayList<>();
    images.forEachRemaining(own::add);
    try (BankSearches.Lease lease = bank.lease()) {
      return LeaveOneOut.distances(
              lease.search(), own.stream().map(OwnImage::rows).toList(), neighbours)
          .iterator();
    }
  }
}
