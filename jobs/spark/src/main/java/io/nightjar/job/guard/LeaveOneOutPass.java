package io.nightjar.job.guard;

import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.LeaveOneOut;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Compares the rows of images of a bank with the bank without them, image by image.
 *
 * @param neighbours of each row
 */
public record LeaveOneOutPass(LeasedBank bank, int neighbours)
    implements FlatMapFunction<Iterator<OwnImage>, LeaveOneOutPass.OwnDistances> {
  private static final long serialVersionUID = 1L;

  /**
   * The distances of an image.
   *
   * @param values of its rows from the nearest rows of other images, in their order
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  public record OwnDistances(String path, float[] values) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public Iterator<OwnDistances> call(Iterator<OwnImage> images) {
    List<OwnImage> all = new ArrayList<>();
    images.forEachRemaining(all::add);
    List<OwnDistances> found = new ArrayList<>();
    try (BankSearches.Lease lease = bank.lease()) {
      List<float[]> distances =
          LeaveOneOut.distances(
              lease.search(), all.stream().map(OwnImage::rows).toList(), neighbours);
      for (int i = 0; i < distances.size(); i++) {
        found.add(new OwnDistances(all.get(i).path(), distances.get(i)));
      }
    }
    return found.iterator();
  }
}
