package io.nightjar.metric.compare;

import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which test images of two runs are the same: those whose files have the same SHA-256, wherever
 * they lie; where a run does not know the hash of an image, as where maps alone were measured,
 * those of the same path.
 *
 * @param pairs by the baseline's paths
 * @param removed paths of images that only the baseline has
 * @param added paths of images that only the candidate has
 * @param changed paths that both have with other content; they are paired with nothing
 * @param renamed how many pairs have two paths
 * @param byPath how many pairs are of one path alone, since a hash is not known
 */
public record Pairing(
    List<ImagePair> pairs,
    List<String> removed,
    List<String> added,
    List<String> changed,
    int renamed,
    int byPath) {

  /**
   * Takes unchangeable copies.
   *
   * @param pairs by the baseline's paths
   * @param removed paths of images that only the baseline has
   * @param added paths of images that only the candidate has
   * @param changed paths that both have with other content; they are paired with nothing
   * @param renamed how many pairs have two paths
   * @param byPath how many pairs are of one path alone, since a hash is not known
   */
  public Pairing {
    pairs = List.copyOf(pairs);
    removed = List.copyOf(removed);
    added = List.copyOf(added);
    changed = List.copyOf(changed);
  }

  /**
   * Pairs the images of a category.
   *
   * @param baseline the images of the baseline
   * @param candidate the images of the candidate
   * @return the pairs, and what is left over on either side
   */
  public static Pairing of(CategorySample baseline, CategorySample candidate) {
    Map<String, SampleImage> open = new TreeMap<>();
    candidate.images().forEach(image -> open.put(image.path(), image));
    Map<String, ImagePair> pairs = new TreeMap<>();
    List<SampleImage> left = new ArrayList<>();
    int byPath = 0;
    // The same path first, so that of two files of one content each finds its own.
    for (SampleImage image : baseline.images()) {
      SampleImage there = open.get(image.path());
      if (there != null && isSame(image, there)) {
        pairs.put(image.path(), new ImagePair(image, there));
        open.remove(image.path());
        byPath += isHashed(image) && isHashed(there) ? 0 : 1;
      } else {
        left.add(image);
      }
    }
    Map<String, List<SampleImage>> byHash = new LinkedHashMap<>();
    for (SampleImage image : open.values()) {
      if (isHashed(image)) {
        byHash.computeIfAbsent(image.hashes().image(), hash -> new ArrayList<>()).add(image);
      }
    }
    int renamed = 0;
    List<String> removed = new ArrayList<>();
    for (SampleImage image : left) {
      List<SampleImage> same = byHash.getOrDefault(image.hashes().image(), List.of());
      if (same.isEmpty()) {
        removed.add(image.path());
      } else {
        SampleImage there = same.remove(0);
        open.remove(there.path());
        pairs.put(image.path(), new ImagePair(image, there));
        renamed++;
      }
    }
    List<String> changed = removed.stream().filter(open::containsKey).toList();
    removed.removeAll(changed);
    changed.forEach(open::remove);
    return new Pairing(
        pairs.values().stream().sorted(Comparator.comparing(p -> p.baseline().path())).toList(),
        removed,
        List.copyOf(open.keySet()),
        changed,
        renamed,
        byPath);
  }

  private static boolean isHashed(SampleImage image) {
    return !image.hashes().image().isEmpty();
  }

  private static boolean isSame(SampleImage a, SampleImage b) {
    return !isHashed(a) || !isHashed(b) || a.hashes().image().equals(b.hashes().image());
  }

  /**
   * Whether both runs have the same images, none of them more.
   *
   * @return true where nothing was removed, added or changed
   */
  public boolean isComplete() {
    return removed.isEmpty() && added.isEmpty() && changed.isEmpty();
  }

  /**
   * The paths of images whose label or type of defect differs.
   *
   * @return the baseline's paths
   */
  public List<String> relabelled() {
    return pairs.stream().filter(p -> !p.hasSameLabel()).map(p -> p.baseline().path()).toList();
  }

  /**
   * The paths of images whose ground truth differs.
   *
   * @return the baseline's paths
   */
  public List<String> remasked() {
    return pairs.stream().filter(p -> !p.hasSameTruth()).map(p -> p.baseline().path()).toList();
  }

  /**
   * The baseline's images, in the order of the pairs.
   *
   * @return as many as there are pairs, in their order
   */
  public List<SampleImage> baselines() {
    return pairs.stream().map(ImagePair::baseline).toList();
  }

  /**
   * The candidate's images, in the order of the pairs.
   *
   * @return as many as there are pairs, in their order
   */
  public List<SampleImage> candidates() {
    return pairs.stream().map(ImagePair::candidate).toList();
  }
}
