package io.nightjar.job.output;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a category took from the store of the run, and what it computed.
 *
 * @param figures whether its figures were taken, with all that they depend on
 * @param bank whether its memory bank was taken
 * @param images test images whose distances were taken
 * @param computed test images whose distances were computed
 * @param faults artefacts that could not be used or not be kept, in sentences
 */
public record Reuse(boolean figures, boolean bank, int images, int computed, List<String> faults) {
  /** Of a run without a store. */
  public static final Reuse NONE = new Reuse(false, false, 0, 0, List.of());

  /** Keeps a copy of the sentences. */
  public Reuse {
    faults = List.copyOf(faults);
  }

  /** All of it in a few words, the end of a line on the console. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    if (figures) {
      parts.add("figures taken from the store");
    } else if (images + computed > 0) {
      parts.add(bank ? "bank taken from the store" : "bank built");
      parts.add(Text.format("distances of %d images taken, of %d computed", images, computed));
    }
    parts.addAll(faults);
    return String.join("; ", parts);
  }

  /** For {@code run.json}. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("figures", figures);
    map.put("bank", bank);
    map.put("images_taken", images);
    map.put("images_computed", computed);
    map.put("faults", faults);
    return map;
  }
}
