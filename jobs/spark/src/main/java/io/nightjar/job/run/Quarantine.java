package io.nightjar.job.run;

import io.nightjar.dataset.LeftOut;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.text.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of one category that were left out, with their reasons, and the hashes of those that
 * were read. Entering a file twice changes nothing, so repeated tasks do no harm.
 */
public final class Quarantine {
  private final String category;
  private final int images;
  private final double limit;
  private final Map<String, String> reasons = new TreeMap<>();
  private final Map<String, String> hashes = new TreeMap<>();

  /**
   * @param images of the category, train and test
   * @param limit fraction of them that may be quarantined, in [0, 1]
   */
  public Quarantine(String category, int images, double limit) {
    this.category = category;
    this.images = images;
    this.limit = limit;
  }

  /**
   * A quarantine that begins with the images that were left out when files were listed.
   *
   * @param images of the category without those
   */
  public static Quarantine of(String category, int images, List<LeftOut> leftOut, double limit) {
    Quarantine quarantine = new Quarantine(category, images + leftOut.size(), limit);
    quarantine.enter(
        leftOut.stream()
            .map(image -> new FileOutcome(image.relativePath(), "", image.reason()))
            .toList());
    return quarantine;
  }

  /** Takes in what became of some files; a file that is entered again counts once. */
  public void enter(Collection<FileOutcome> outcomes) {
    for (FileOutcome outcome : outcomes) {
      if (outcome.quarantined()) {
        reasons.put(outcome.path(), outcome.reason());
      }
      if (!outcome.sha256().isEmpty()) {
        hashes.put(outcome.path(), outcome.sha256());
      }
    }
  }

  /** The files that were left out, by path. */
  public List<QuarantinedFile> files() {
    return reasons.entrySet().stream()
        .map(entry -> new QuarantinedFile(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The paths of the files that were left out. */
  public Set<String> paths() {
    return Set.copyOf(reasons.keySet());
  }

  /** SHA-256 of every file read, by its path; a mask's path is its image's with "#mask". */
  public Map<String, String> hashes() {
    return new TreeMap<>(hashes);
  }

  /**
   * Fails the category where no test image is left.
   *
   * @param images those that can be used
   * @throws CategoryFailedException if there are none
   */
  public void requireTestImages(List<?> images) {
    if (images.isEmpty()) {
      String first =
          reasons.entrySet().stream()
              .filter(file -> file.getKey().startsWith("test/"))
              .findFirst()
              .map(file -> Text.format("; the first is %s: %s", file.getKey(), file.getValue()))
              .orElse(".");
      throw new CategoryFailedException(
          Text.format("No test image of category %s can be used%s", category, first), files());
    }
  }

  /**
   * Fails the category where too many of its files were quarantined.
   *
   * @throws CategoryFailedException if more than the allowed fraction is quarantined
   */
  public void check() {
    if (reasons.size() > limit * images) {
      Map.Entry<String, String> first = reasons.entrySet().iterator().next();
      throw new CategoryFailedException(
          Text.format(
                  "%d of the %d images of category %s are unreadable, more than --max-quarantined %s allows;",
                  reasons.size(), images, category, limit)
              + Text.format(
                  " the first is %s: %s Mend or remove them, or raise the limit.",
                  first.getKey(), first.getValue()),
          files());
    }
  }
}
