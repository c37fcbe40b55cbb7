package io.nightjar.job.guard;

import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.store.BankManifest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * An image of a bank.
 *
 * @param path what names it within the bank
 * @param rows that the bank has of it
 */
public record OwnImage(String path, RowRange rows) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** All images of a bank, in its order. */
  public static List<OwnImage> of(List<BankManifest.Image> ofBank) {
    List<OwnImage> images = new ArrayList<>();
    int row = 0;
    for (BankManifest.Image image : ofBank) {
      images.add(new OwnImage(image.path(), new RowRange(row, row + image.rows())));
      row += image.rows();
    }
    return images;
  }
}
