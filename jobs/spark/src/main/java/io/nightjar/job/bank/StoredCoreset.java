package io.nightjar.job.bank;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The coreset that a stored bank keeps, as far as its manifest says.
 *
 * @param kept rows of the bank
 * @param of rows that there were to choose from: all patches of the bank's images
 */
record StoredCoreset(BankManifest.Coreset coreset, long kept, long of) {

  /** Empty where the bank keeps all rows. */
  static Optional<StoredCoreset> of(BankManifest manifest) {
    long patches =
        Math.multiplyExact((long) manifest.images().size(), manifest.backbone().patches());
    return manifest.coreset().map(coreset -> new StoredCoreset(coreset, manifest.rows(), patches));
  }

  /** As a coreset that was just chosen says it; how far the other rows are is not stored. */
  String note() {
    return Text.format(
        "The bank is a coreset of %d of %d rows%s.",
        kept, of, coreset.method().equals(CoresetMethod.RANDOM.id()) ? ", chosen at random" : "");
  }

  /** For the run's manifest. */
  Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("ratio", coreset.ratio());
    map.put("method", coreset.method());
    map.put("seed", coreset.seed());
    map.put("rows", kept);
    return map;
  }
}
