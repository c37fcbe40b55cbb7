package io.nightjar.job.run;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.text.Text;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of one category that were left out, with their reasons, and the hashes of those that
 * were read. Entering a file twice changes nothing, so repeated tasks do no harm.
 */
public final class Quarantine {
  private static final int NAMED = 3;
  private static final int SHOWN = 12;

  /** What the path of a file that belongs to an image ends with. */
  private static final Pattern PART = Pattern.compile("#(mask|map)$");

  private final String category;
  private final int images;
  private final double limit;
  private final Map<String, String> reasons = new TreeMap<>();
  private final Map<String, String> hashes = new TreeMap<>();
  private final Set<String> changed = new HashSet<>();

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

  /**
   * Takes in what became of some files; a file that is entered again counts once. One that was read
   * with other bytes than before, or can be read at one time and not at another, is left out from
   * then on.
   *
   * @return whether there is such a file that had not been found before: what was made of it is to
   *     be made again without it
   */
  public boolean enter(Collection<FileOutcome> outcomes) {
    int before = changed.size();
    for (FileOutcome outcome : outcomes) {
      String path = outcome.path();
      String first = hashes.get(path);
      if (outcome.sha256().isEmpty()) {
        if (outcome.quarantined() && first != null && !changed.contains(path)) {
          change(
              path,
              "It could be read at first, and no longer when it was read again. "
                  + outcome.reason());
        } else if (outcome.quarantined()) {
          reasons.putIfAbsent(path, outcome.reason());
        }
        continue;
      }
      if (first == null && reasons.containsKey(path)) {
        change(
            path,
            "It could not be read at first, but when it was read again. " + reasons.get(path));
      } else if (first != null && !first.equals(outcome.sha256())) {
        change(
            path,
            Text.format(
                "It changed while the run read it: its SHA-256 was %s... and then %s...",
                first.substring(0, SHOWN), outcome.sha256().substring(0, SHOWN)));
      }
      hashes.putIfAbsent(path, outcome.sha256());
      if (outcome.quarantined()) {
        reasons.putIfAbsent(path, outcome.reason());
      }
    }
    return changed.size() > before;
  }

  /** Leaves out a file that can be read, from before it is read again. */
  public void leaveOut(String path, String reason) {
    reasons.putIfAbsent(path, reason);
  }

  /** An image is left out with its mask or map. */
  private void change(String path, String reason) {
    if (changed.add(path)) {
      String image = PART.matcher(path).replaceFirst("");
      reasons.put(
          image,
          image.equals(path)
              ? reason
              : "Of its " + path.substring(image.length() + 1) + ": " + reason);
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
   * That none of some images can be used, with the first of them and why.
   *
   * @param kind what they are, such as {@code normal}
   * @param images those that were tried
   * @param consequence what follows, as the end of a sentence
   */
  public CategoryFailedException noneUsable(
      String kind, List<ImageRef> images, String consequence) {
    String first =
        images.stream()
            .map(ImageRef::relativePath)
            .filter(reasons::containsKey)
            .limit(NAMED)
            .map(path -> Text.format(" %s: %s", path, reasons.get(path)))
            .collect(Collectors.joining());
    boolean one = images.size() == 1;
    return new CategoryFailedException(
        Text.format(
            "%s of category %s can%s be used, so %s.%s Mend %s, or leave the category out.",
            one
                ? Text.format("The only %s image", kind)
                : Text.format("None of the %d %s images", images.size(), kind),
            category,
            one ? "not" : "",
            consequence,
            first,
            one ? "it" : "them"),
        files());
  }

  /** That none of the normal images can be used. */
  public CategoryFailedException noneToLearnFrom(List<ImageRef> normal) {
    return noneUsable("normal", normal, "there is nothing to learn from");
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
                  "%s of category %s cannot be used, more than --max-quarantined %s allows;",
                  images == 1
                      ? "The only image"
                      : Text.format("%d of the %d images", reasons.size(), images),
                  category,
                  limit)
              + Text.format(
                  reasons.size() == 1
                      ? " it is %s: %s Mend or remove it, or raise the limit."
                      : " the first is %s: %s Mend or remove them, or raise the limit.",
                  first.getKey(),
                  first.getValue()),
          files());
    }
  }
}
