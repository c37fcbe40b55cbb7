package io.nightjar.report.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Which test images of a category differ between two runs, and whether they have any in common,
 * from the samples that both kept. What was found is remembered, so that it is read once.
 */
final class ImageChanges implements DataSets.Evidence {
  private static final int NAMED = 3;
  private static final String YES = "yes";
  private static final String NO = "no";

  private final String root;
  private final Map<String, String> known;
  private final Configuration configuration;

  /**
   * @param root the folder of all runs
   * @param known what was found before; what is found is added to it
   */
  ImageChanges(String root, Map<String, String> known, Configuration configuration) {
    this.root = root;
    this.known = known;
    this.configuration = configuration;
  }

  /**
   * What differs, in words; empty where nothing does.
   *
   * @return no value where a run has not kept its images, or no longer
   */
  Optional<String> between(String category, RunRecord before, RunRecord after) {
    String key = key(category, before, after);
    if (known.containsKey(key)) {
      return Optional.of(known.get(key));
    }
    Optional<CategorySample> old = sample(before, category);
    Optional<CategorySample> fresh = old.isEmpty() ? old : sample(after, category);
    Optional<String> words = fresh.map(sample -> words(old.get(), sample));
    words.ifPresent(found -> known.put(key, found));
    return words;
  }

  private static String key(String category, RunRecord before, RunRecord after) {
    return String.join(
        " ",
        before.path(),
        before.fingerprints().getOrDefault(category, ""),
        after.path(),
        after.fingerprints().getOrDefault(category, ""),
        category);
  }

  /** Whether any category has a test image, or where images were not read a mask, in both runs. */
  @Override
  public boolean haveFileInCommon(RunRecord one, RunRecord other) {
    return one.categories().stream()
        .map(RunRecord.Category::category)
        .filter(category -> other.category(category).isPresent())
        .anyMatch(category -> haveFileInCommon(category, one, other));
  }

  private boolean haveFileInCommon(String category, RunRecord one, RunRecord other) {
    String key = "in common " + key(category, one, other);
    String found = known.get(key);
    if (found == null) {
      Optional<CategorySample> first = sample(one, category);
      Optional<CategorySample> second = first.isEmpty() ? first : sample(other, category);
      if (second.isEmpty()) {
        return false; // not remembered: the file may be back the next time
      }
      Set<String> hashes = hashes(first.get());
      found = hashes(second.get()).stream().anyMatch(hashes::contains) ? YES : NO;
      known.put(key, found);
    }
    return found.equals(YES);
  }

  private static Set<String> hashes(CategorySample sample) {
    return sample.images().stream()
        .map(SampleImage::hashes)
        .map(hashes -> hashes.image().isEmpty() ? hashes.mask() : hashes.image())
        .filter(hash -> !hash.isEmpty())
        .collect(Collectors.toSet());
  }

  private Optional<CategorySample> sample(RunRecord run, String category) {
    try {
      String folder = run.path().isEmpty() ? root : HadoopPaths.child(root, run.path());
      return new ReportFiles(folder, configuration).readSample(category);
    } catch (IOException | InvalidInputException | IllegalArgumentException e) {
      return Optional.empty(); // the records still say that the files differ
    }
  }

  static String words(CategorySample before, CategorySample after) {
    Map<String, SampleImage> old = byContent(before);
    Map<String, SampleImage> fresh = byContent(after);
    List<String> parts = new ArrayList<>();
    add(missing(fresh, old), "added", parts);
    add(missing(old, fresh), "removed", parts);
    List<String> masks =
        fresh.entrySet().stream()
            .filter(
                image ->
                    old.containsKey(image.getKey())
                        && !old.get(image.getKey())
                            .hashes()
                            .mask()
                            .equals(image.getValue().hashes().mask()))
            .map(image -> image.getValue().path())
            .toList();
    add(masks, "with another mask", parts);
    return parts.isEmpty() ? "" : "test images: " + String.join(", ", parts);
  }

  private static Map<String, SampleImage> byContent(CategorySample sample) {
    Map<String, SampleImage> images = new LinkedHashMap<>();
    for (SampleImage image : sample.images()) {
      String hash = image.hashes().image();
      images.put(hash.isEmpty() ? image.path() : hash, image);
    }
    return images;
  }

  private static List<String> missing(
      Map<String, SampleImage> images, Map<String, SampleImage> others) {
    return images.entrySet().stream()
        .filter(image -> !others.containsKey(image.getKey()))
        .map(image -> image.getValue().path())
        .toList();
  }

  private static void add(Collection<String> paths, String what, List<String> parts) {
    if (!paths.isEmpty()) {
      parts.add(
          Text.format(
              "%d %s (%s%s)",
              paths.size(),
              what,
              String.join(", ", paths.stream().limit(NAMED).toList()),
              paths.size() > NAMED ? ", ..." : ""));
    }
  }
}
