package io.nightjar.job.search;

import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the rows of a bank are.
 *
 * @param rows of the whole bank
 * @param dimension length of a row
 * @param shards 0 where every executor holds the whole bank
 * @param reason why it is in shards, as the end of a sentence on its size; empty where it is not
 */
public record BankPlace(long rows, int dimension, long shards, String reason) {

  /** A bank that every executor holds. */
  public static BankPlace whole(long rows, int dimension) {
    return new BankPlace(rows, dimension, 0, "");
  }

  /** What the rows of a bank take, in bytes. */
  public static long bytes(long rows, int dimension) {
    return Math.multiplyExact(rows, (long) dimension * Float.BYTES);
  }

  /** Size and placement in a few words, for a log. */
  public String summary() {
    return Text.format(
        "%s of %d values, %d bytes, %s",
        Text.counted(rows, "row", "rows"),
        dimension,
        bytes(rows, dimension),
        shards == 0
            ? "broadcast"
            : Text.format("sharded (%s)", Text.counted(shards, "shard", "shards")));
  }

  /** For the run's manifest. */
  public Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("placement", shards == 0 ? "broadcast" : "sharded");
    map.put("rows", rows);
    map.put("dimension", dimension);
    map.put("bytes", bytes(rows, dimension));
    if (shards > 0) {
      map.put("shards", shards);
    }
    return map;
  }

  /** A sentence for the reader of the results, where there is something to report. */
  public Optional<String> note() {
    return shards == 0
        ? Optional.empty()
        : Optional.of(
            Text.format(
                "The memory bank takes %s, %s; it was searched in %d shards, with the same results.",
                Text.megabytes(bytes(rows, dimension)), reason, shards));
  }
}
