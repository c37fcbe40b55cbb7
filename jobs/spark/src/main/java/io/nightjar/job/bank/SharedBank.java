package io.nightjar.job.bank;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.run.RunManifest;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.text.Text;
import io.nightjar.tile.TileNumbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One bank for all categories.
 *
 * @param bank serves categories side by side
 * @param isStored whether it was stored before, and not built in the run
 * @param images that it consists of
 * @param categories that they are of
 * @param white the sample that is white in images of more than 8 bits
 * @param spec of its rows
 * @param remarks what a reader of the results should know of it
 * @param seconds wall time of each stage of building it
 */
public record SharedBank(
    CategoryBank bank,
    boolean isStored,
    int images,
    int categories,
    WhiteLevel white,
    EmbeddingSpec spec,
    List<String> remarks,
    Map<String, Double> seconds) {

  /** Size, and how long it took. */
  String summary() {
    BankPlace place = bank.place();
    return Text.format(
        "one bank of %s: %s of %d values from %s, %.0f s",
        origin(),
        Text.counted(place.rows(), "row", "rows"),
        place.dimension(),
        Text.counted(images, "image", "images"),
        total());
  }

  /** For the notes of each category. */
  public List<String> notes() {
    return Stream.concat(
            Stream.of(
                Text.format(
                    "Compared with one bank of %s: %s from %s. It was %s once; the time that"
                        + " took is in run.json, and in no category's seconds.",
                    origin(),
                    Text.counted(bank.place().rows(), "row", "rows"),
                    Text.counted(images, "normal image", "normal images"),
                    isStored ? "loaded" : "built")),
            remarks.stream())
        .toList();
  }

  /** For the run's manifest. */
  public Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>(bank.place().describe());
    map.put("categories", categories);
    map.put("images", images);
    if (!white.isFull()) {
      map.put("white_level", white.sample());
    }
    if (!spec.isSquare()) {
      map.putAll(RunManifest.shape(spec.imageSizes(), spec.grid()));
    }
    TileNumbers tiles = TileNumbers.of(spec.tiles());
    if (tiles != null) {
      map.put("tiles", tiles.asMap());
    }
    map.put("seconds", total());
    map.put("seconds_by_stage", seconds);
    return map;
  }

  private String origin() {
    return Text.counted(categories, "category", "categories");
  }

  private double total() {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
