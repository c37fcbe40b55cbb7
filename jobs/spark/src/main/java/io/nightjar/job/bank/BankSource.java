package io.nightjar.job.bank;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import java.util.List;
import java.util.Map;

/** Where the bank comes from that a category's test images are compared with. */
public interface BankSource {

  /** The bank, ready for the test images. */
  CategoryBank bank(BankFactory making);

  /** Images that the bank was made of, once it is made. */
  int images(CategoryPasses passes);

  /** Categories whose images the bank was made of, once it is made. */
  default int categories() {
    return 1;
  }

  /** Images of the category that are read to make it. */
  default List<ImageRef> reads() {
    return List.of();
  }

  /**
   * What is known of the category's files when its evaluation begins.
   *
   * @param limit share of them that may be defective, in [0, 1]
   */
  default Quarantine quarantine(Category category, double limit) {
    return new Quarantine(category.name(), reads().size() + category.test().size(), limit);
  }

  /** Where the bank lay, for the run's manifest; empty where that is not told by category. */
  default Map<String, Object> describe(BankPlace place) {
    return place.describe();
  }
}
