package io.nightjar.job.output;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a category took from the store of the run, and what it computed.
 *
 * @param figures whether its figures were taken, with all that they depend on
 * @param bank whether its memory bank was taken
 * @param built whether its memory bank was built for the store; neither where a bank is given
 * @param images test images whose distances were taken
 * @param counted those of them whose counts were taken as well
 * @param computed test images whose distances were computed
 * @param embeddings what was taken of these
 * @param changes options that are otherwise than in the last run that used the store, with both
 *     values
 * @param faults artefacts that could not be used or not be kept, in sentences
 */
public record Reuse(
    boolean figures,
    boolean bank,
    boolean built,
    int images,
    int counted,
    int computed,
    Embeddings embeddings,
    List<String> changes,
    List<String> faults) {

  /**
   * What was taken of embeddings that are kept.
   *
   * @param images whose embeddings were taken
   * @param chunks of normal images, of which the covariance was taken
   */
  public record Embeddings(int images, int chunks) {
    /** Nothing was taken. */
    public static final Embeddings NONE = new Embeddings(0, 0);

    /** A phrase for a person; empty where nothing was taken. */
    public Optional<String> describe() {
      return images == 0
          ? Optional.empty()
          : Optional.of(
              Text.format("embeddings of %s taken", Text.counted(images, "image", "images")));
    }
  }

  /** Of a run without a store. */
  public static final Reuse NONE =
      new Reuse(false, false, false, 0, 0, 0, Embeddings.NONE, List.of(), List.of());

  /** Of a category whose figures were taken, of so many test images. */
  public static Reuse ofFigures(int images) {
    return new Reuse(true, true, false, images, images, 0, Embeddings.NONE, List.of(), List.of());
  }

  /** Of a category for which a run with a store takes and keeps nothing. */
  public static Reuse ofComputed(int images) {
    return new Reuse(false, false, false, 0, 0, images, Embeddings.NONE, List.of(), List.of());
  }

  /** Keeps copies of the sentences. */
  public Reuse {
    changes = List.copyOf(changes);
    faults = List.copyOf(faults);
  }

  /** All of it in a few words, the end of a line on the console. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    if (figures) {
      parts.add("figures taken from the store");
    } else if (images + computed > 0) {
      if (bank || built) {
        parts.add(bank ? "bank taken from the store" : "bank built");
      }
      parts.add(maps());
      embeddings.describe().ifPresent(parts::add);
      if (!changes.isEmpty()) {
        parts.add("changed since the store's last run: " + String.join(", ", changes));
      }
    }
    parts.addAll(faults);
    return String.join("; ", parts);
  }

  /** What was taken of maps alone, of which no figures are made. */
  public String describeMaps() {
    List<String> parts = new ArrayList<>();
    parts.add(
        Text.format(
            "maps of %s taken from the store, of %s computed",
            Text.counted(images, "image", "images"), Text.counted(computed, "image", "images")));
    embeddings.describe().ifPresent(parts::add);
    parts.addAll(faults);
    return String.join("; ", parts);
  }

  /** What was taken for a bank alone; empty where nothing was, and nothing went wrong. */
  public String describeBank() {
    List<String> parts = new ArrayList<>();
    if (bank) {
      parts.add("taken from the store");
    }
    embeddings.describe().ifPresent(parts::add);
    parts.addAll(faults);
    return String.join("; ", parts);
  }

  private String maps() {
    int again = images - counted;
    List<String> maps = new ArrayList<>();
    if (counted > 0) {
      maps.add(Text.format("counts of %s taken", Text.counted(counted, "image", "images")));
    }
    if (again > 0) {
      maps.add(
          Text.format(
              "maps of %s taken and counted again", Text.counted(again, "image", "images")));
    }
    if (computed > 0) {
      maps.add(Text.format("maps of %s computed", Text.counted(computed, "image", "images")));
    }
    return String.join(", ", maps);
  }

  /**
   * For {@code run.json}.
   *
   * @param store its URI; empty where there was none
   * @param categories by their names
   * @return empty where there was no store
   */
  public static Map<String, Object> describe(
      Optional<String> store, Map<String, Reuse> categories) {
    Map<String, Object> described = new LinkedHashMap<>();
    store.ifPresent(
        uri -> {
          Map<String, Object> each = new LinkedHashMap<>();
          categories.forEach((category, reuse) -> each.put(category, reuse.asMap()));
          described.put("store", uri);
          described.put("by_category", each);
        });
    return described;
  }

  private Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("figures", figures);
    map.put("bank", bank);
    map.put("images_taken", images);
    map.put("images_counted", counted);
    map.put("images_computed", computed);
    map.put("embeddings_taken", embeddings.images());
    map.put("covariances_taken", embeddings.chunks());
    map.put("changed_options", changes);
    map.put("faults", faults);
    return map;
  }
}
