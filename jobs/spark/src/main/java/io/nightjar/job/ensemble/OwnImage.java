package io.nightjar.job.ensemble;

import io.nightjar.bank.search.RowRange;
import io.nightjar.dataset.ImageRef;
import java.io.Serializable;

/**
 * A normal image of a bank.
 *
 * @param rows that the bank has of it
 */
record OwnImage(ImageRef ref, RowRange rows) implements Serializable {
  private static final long serialVersionUID = 1L;
}
