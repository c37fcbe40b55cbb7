package io.nightjar.job.run;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.dataset.Category;
import io.nightjar.job.options.TrainPatches;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decides, by numbers known before the pass, whether the patches of normal images are kept between
 * the two passes over them.
 *
 * <p>{@code AUTO} keeps them where the patches of all categories that run at once, each as large as
 * this one, fill at most half of the free space of the executors' local disks; the other half is
 * for shuffles and for executors that get more than their part. Decoding an image again alone takes
 * longer than writing its patches and reading them back (about 16 ms against less than 10 ms),
 * whatever device then runs the backbone.
 *
 * @param asked what the options say
 * @param freeBytes free space of the executors' local disks together
 * @param categoriesAtOnce categories that run at the same time, at least 1
 * @param isTiled whether images are cut into tiles: how many is not known before they are read
 */
public record TrainPatchesRule(
    TrainPatches asked, long freeBytes, int categoriesAtOnce, boolean isTiled) {

  /** Of images that are taken as wholes. */
  public TrainPatchesRule(TrainPatches asked, long freeBytes, int categoriesAtOnce) {
    this(asked, freeBytes, categoriesAtOnce, false);
  }

  /**
   * What is done with the patches of one category.
   *
   * @param keep whether they are kept; otherwise they are computed again
   * @param patchBytes what they take
   * @param reason a sentence for the run's manifest
   */
  public record Decision(boolean keep, long patchBytes, String reason) {

    /** {@code keep} or {@code recompute}. */
    String name() {
      return (keep ? TrainPatches.KEEP : TrainPatches.RECOMPUTE).name().toLowerCase(Locale.ROOT);
    }
  }

  /** Decides for the normal images of one category. */
  public Decision decide(Category category, PatchLayout layout) {
    long patchBytes =
        Math.multiplyExact((long) category.train().size(), layout.values() * Float.BYTES);
    return switch (asked) {
      case KEEP -> new Decision(true, patchBytes, "Asked for.");
      case RECOMPUTE -> new Decision(false, patchBytes, "Asked for.");
      case AUTO -> decideAlone(patchBytes);
    };
  }

  private Decision decideAlone(long patchBytes) {
    if (isTiled) {
      return new Decision(
          false,
          patchBytes,
          "How many tiles images have is not known yet, so that the room for their patches is not"
              + " either; the bytes are those of one tile an image.");
    }
    long room = freeBytes / 2 / categoriesAtOnce;
    String sizes =
        Text.format(
            "its patches take %s, and half of the executors' free disk space, shared by %s",
            Text.megabytes(patchBytes), Text.counted(categoriesAtOnce, "category", "categories"));
    return patchBytes <= room
        ? new Decision(
            true,
            patchBytes,
            Text.format(
                "Reading them back is cheaper, and they fit: %s at once, is %s.",
                sizes, Text.megabytes(room)))
        : new Decision(
            false,
            patchBytes,
            Text.format("They do not fit: %s at once, is %s.", sizes, Text.megabytes(room)));
  }

  /** For the run's manifest: what was asked for, and each category's decision with its numbers. */
  public Map<String, Object> describe(List<Category> categories, PatchLayout layout) {
    Map<String, Object> decisions = new LinkedHashMap<>();
    for (Category category : categories) {
      Decision decision = decide(category, layout);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("decision", decision.name());
      entry.put("patch_bytes", decision.patchBytes());
      entry.put("reason", decision.reason());
      decisions.put(category.name(), entry);
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("asked", asked.name().toLowerCase(Locale.ROOT));
    described.put("free_bytes", freeBytes);
    described.put("categories_at_once", categoriesAtOnce);
    described.put("by_category", decisions);
    return described;
  }
}
