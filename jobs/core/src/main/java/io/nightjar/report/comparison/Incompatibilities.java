package io.nightjar.report.comparison;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.compare.ImagePair;
import io.nightjar.metric.compare.Pairing;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what makes two runs incomparable, and refuses it unless it is allowed. */
final class Incompatibilities {
  private static final int NAMED = 3;

  private final FinishedRun baseline;
  private final FinishedRun candidate;
  private final Map<Allowance, List<String>> found = new EnumMap<>(Allowance.class);

  private Incompatibilities(FinishedRun baseline, FinishedRun candidate) {
    this.baseline = baseline;
    this.candidate = candidate;
  }

  /**
   * Looks for what differs.
   *
   * @param pairings of the categories of which both runs keep their samples
   * @return sentences on what differs and is allowed to
   * @throws InvalidInputException naming all that differs and is not allowed to
   */
  static List<String> require(
      FinishedRun baseline,
      FinishedRun candidate,
      List<String> common,
      Map<String, Pairing> pairings,
      Set<Allowance> allowed) {
    Incompatibilities all = new Incompatibilities(baseline, candidate);
    all.definitions();
    all.categories(common);
    for (String category : common) {
      CategoryResult before = baseline.category(category).orElseThrow();
      CategoryResult after = candidate.category(category).orElseThrow();
      all.resolution(before, after);
      if (pairings.containsKey(category)) {
        all.images(before, after, pairings.get(category));
      } else {
        all.counts(before, after);
      }
    }
    return all.settle(allowed);
  }

  private void add(Allowance kind, String sentence) {
    found.computeIfAbsent(kind, k -> new ArrayList<>()).add(sentence);
  }

  private void definitions() {
    Set<String> names = new TreeSet<>(baseline.formulas().keySet());
    names.retainAll(candidate.formulas().keySet());
    List<String> other =
        names.stream()
            .filter(name -> !baseline.formulas().get(name).equals(candidate.formulas().get(name)))
            .toList();
    if (!other.isEmpty()) {
      add(
          Allowance.DEFINITIONS,
          Text.format("The runs define %s by other formulas.", named(other)));
    }
  }

  private void categories(List<String> common) {
    alone(baseline, candidate, common);
    alone(candidate, baseline, common);
  }

  private void alone(FinishedRun run, FinishedRun other, List<String> common) {
    List<String> alone =
        run.report().categories().stream()
            .map(CategoryResult::category)
            .filter(name -> !common.contains(name) && other.failure(name).isEmpty())
            .toList();
    if (!alone.isEmpty()) {
      add(Allowance.CATEGORIES, Text.format("Only %s has %s.", run.uri(), named(alone)));
    }
  }

  private void resolution(CategoryResult before, CategoryResult after) {
    if (!before.resolution().equals(after.resolution())) {
      add(
          Allowance.RESOLUTION,
          Text.format(
              "%s was measured at resolution %s and then at %s.",
              before.category(), before.resolution(), after.resolution()));
    }
  }

  private void images(CategoryResult before, CategoryResult after, Pairing pairing) {
    String category = before.category();
    refuse(Allowance.IMAGES, category, pairing.removed(), "only in the baseline");
    refuse(Allowance.IMAGES, category, pairing.added(), "only in the candidate");
    refuse(Allowance.IMAGES, category, pairing.changed(), "not the same file in both runs");
    refuse(Allowance.LABELS, category, pairing.relabelled(), "labelled differently");
    boolean sameSize = before.resolution().equals(after.resolution());
    refuse(
        Allowance.MASKS,
        category,
        pairing.pairs().stream()
            .filter(pair -> !pair.hasSameTruth() || (sameSize && !countsAlike(pair)))
            .map(pair -> pair.baseline().path())
            .toList(),
        "compared with another mask");
  }

  /** The same mask by another rule marks other pixels. */
  private static boolean countsAlike(ImagePair pair) {
    return pair.baseline().positives() == pair.candidate().positives()
        && pair.baseline().pixels() == pair.candidate().pixels();
  }

  private void refuse(Allowance kind, String category, List<String> paths, String how) {
    if (!paths.isEmpty()) {
      add(
          kind,
          Text.format(
              "%s of %s %s %s (%s).",
              Text.counted(paths.size(), "test image", "test images"),
              category,
              paths.size() == 1 ? "is" : "are",
              how,
              named(paths)));
    }
  }

  /** Of a run that does not say what each image was counted as. */
  private void counts(CategoryResult before, CategoryResult after) {
    if (before.testImages() != after.testImages()) {
      add(
          Allowance.IMAGES,
          Text.format(
              "%s has %d test images in the baseline and %d in the candidate.",
              before.category(), before.testImages(), after.testImages()));
      return;
    }
    PixelMetrics one = before.metrics().pixel();
    PixelMetrics other = after.metrics().pixel();
    if (before.resolution().equals(after.resolution())
        && (one.pixels() != other.pixels() || one.positives() != other.positives())) {
      add(
          Allowance.MASKS,
          Text.format(
              "%s has %d defective pixels of %d in the baseline and %d of %d in the candidate.",
              before.category(), one.positives(), one.pixels(), other.positives(), other.pixels()));
    }
  }

  private List<String> settle(Set<Allowance> allowed) {
    List<String> refused = new ArrayList<>();
    List<String> accepted = new ArrayList<>();
    found.forEach(
        (kind, sentences) -> (allowed.contains(kind) ? accepted : refused).addAll(sentences));
    if (!refused.isEmpty()) {
      String kinds =
          found.keySet().stream()
              .filter(kind -> !allowed.contains(kind))
              .map(Allowance::word)
              .collect(Collectors.joining(","));
      throw new InvalidInputException(
          Text.format(
              "%s cannot be compared with %s. %s%s To compare them all the same, add --allow %s.",
              candidate.uri(),
              baseline.uri(),
              refused.stream().limit(2L * NAMED).collect(Collectors.joining(" ")),
              refused.size() > 2 * NAMED
                  ? Text.format(" There are %d more such differences.", refused.size() - 2 * NAMED)
                  : "",
              kinds));
    }
    return accepted;
  }

  private static String named(List<String> names) {
    return names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (names.size() > NAMED ? Text.format(" and %d more", names.size() - NAMED) : "");
  }
}
