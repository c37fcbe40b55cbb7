package io.nightjar.bank.store;

import java.io.Serializable;
import java.util.List;

/**
 * A written file of rows that no manifest names yet.
 *
 * @param images in the order of their rows
 */
public record WrittenRows(BankManifest.RowFile file, List<BankManifest.Image> images)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
