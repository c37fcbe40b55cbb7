package io.nightjar.job.update;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.io.PlainName;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.ChangedFilesException;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.guard.ReviewList;
import io.nightjar.job.guard.ScreenedImage;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The list of the images that one update holds back, for a person to look at.
 *
 * @param passes whose stages and quarantine are used
 * @param folder of the list, which no other update has
 */
record HeldBackReview(RunContext run, CategoryPasses passes, StoredBank bank, String folder) {

  /**
   * The list of an update that comes to it now.
   *
   * @param root the folder for the lists; in the bank where there is none
   */
  static HeldBackReview next(
      RunContext run, CategoryPasses passes, StoredBank bank, Optional<String> root) {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    Path lists =
        root.map(place -> new PlainName(bank.manifest().category()).below(new Path(place)))
            .orElseGet(() -> new Path(bank.location().uri(), "review"));
    String name = Text.format("version-%d-%s", bank.manifest().version(), time);
    return new HeldBackReview(run, passes, bank, new Path(lists, name).toString());
  }

  /**
   * Draws the images and writes the list.
   *
   * @throws ChangedFilesException if one is not what it was when it was compared
   */
  List<HeldBack> write(
      Additions additions, ContaminationGuard.Screening screening, List<ScreenedImage> heldBack) {
    passes.stages().begin("draw what was held back");
    Map<String, ImageRef> refs = additions.byName();
    Map<String, String> hashes = passes.quarantine().hashes();
    List<FileOutcome> changed =
        list()
            .draw(
                heldBack.stream()
                    .map(
                        image ->
                            new ReviewList.Entry(
                                refs.get(image.path()), image, hashes.get(image.path())))
                    .toList(),
                screening.range(),
                WhiteLevel.of(bank.manifest().whiteLevel()));
    if (passes.quarantine().enter(changed)) {
      remove();
      passes.quarantine().check();
      throw new ChangedFilesException();
    }
    return list().write(bank.manifest(), screening.limit().orElseThrow(), heldBack);
  }

  /** Removes what was drawn and written. */
  void remove() {
    list().remove();
  }

  private ReviewList list() {
    return new ReviewList(run, folder);
  }
}
