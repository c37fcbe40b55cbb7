package io.nightjar.report.html;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.page.CategoryParts;
import io.nightjar.report.page.PageContext;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts that a category's threshold decides wrongly.
 *
 * @param sentence how many of all categories
 * @param rows one for each category whose parts are known
 * @param open whether the lists are short enough to be shown at once
 */
public record PartsSection(String sentence, List<Row> rows, boolean open) {
  private static final int MOST_OPEN = 15;
  private static final int MOST_LISTED = 100;

  /**
   * A category.
   *
   * @param threshold the lowest score of a part that is called defective
   * @param missed how many defective parts have a lower score
   * @param rejected how many good parts do not
   * @param missedParts these, the lowest score first
   * @param rejectedParts these, the highest score first
   */
  public record Row(
      String category,
      String anchor,
      Figure threshold,
      String defective,
      Figure missed,
      String good,
      Figure rejected,
      List<Wrong> missedParts,
      List<Wrong> rejectedParts,
      String cut) {

    /** Whether any part is decided wrongly. */
    public boolean isWrong() {
      return !missedParts.isEmpty() || !rejectedParts.isEmpty();
    }
  }

  /**
   * A part that is decided wrongly.
   *
   * @param visualization the number of its visualization on the page; empty where there is none
   */
  public record Wrong(String name, String defect, Figure score, Optional<Integer> visualization) {}

  /** The section; empty where no parts are known, or no category has a threshold. */
  static Optional<PartsSection> of(EvaluationReport report, PageContext context) {
    List<Row> rows = new ArrayList<>();
    int missed = 0;
    int defective = 0;
    int rejected = 0;
    int good = 0;
    for (int i = 0; i < report.categories().size(); i++) {
      CategoryResult category = report.categories().get(i);
      List<CategoryParts.Part> parts = parts(category, context);
      OptionalMetric threshold = ReportedMetric.IMAGE_BEST_F1_THRESHOLD.of(category);
      if (parts.isEmpty()) {
        continue;
      }
      Row row = row(category.category(), Card.anchor(i), parts, threshold, context);
      rows.add(row);
      if (threshold.isPresent()) {
        long all = parts.stream().filter(CategoryParts.Part::isDefective).count();
        defective += (int) all;
        good += parts.size() - (int) all;
        missed += (int) missed(parts, threshold.get()).count();
        rejected += (int) rejected(parts, threshold.get()).count();
      }
    }
    if (defective + good == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new PartsSection(
            Text.format(
                "%s of %s missed, %s of %s rejected.",
                Numbers.count(missed),
                Text.counted(defective, "defective part", "defective parts"),
                Numbers.count(rejected),
                Text.counted(good, "good part", "good parts")),
            rows,
            missed + rejected <= MOST_OPEN));
  }

  private static List<CategoryParts.Part> parts(CategoryResult category, PageContext context) {
    return context.parts().stream()
        .filter(known -> known.category().equals(category.category()))
        .findFirst()
        .map(CategoryParts::parts)
        .orElse(List.of());
  }

  private static Stream<CategoryParts.Part> missed(
      List<CategoryParts.Part> parts, double threshold) {
    return parts.stream()
        .filter(part -> part.isDefective() && part.score() < threshold)
        .sorted(
            Comparator.comparingDouble(CategoryParts.Part::score)
                .thenComparing(CategoryParts.Part::name));
  }

  private static Stream<CategoryParts.Part> rejected(
      List<CategoryParts.Part> parts, double threshold) {
    return parts.stream()
        .filter(part -> !part.isDefective() && part.score() >= threshold)
        .sorted(
            Comparator.comparingDouble(CategoryParts.Part::score)
                .reversed()
                .thenComparing(CategoryParts.Part::name));
  }

  private static Row row(
      String category,
      String anchor,
      List<CategoryParts.Part> parts,
      OptionalMetric threshold,
      PageContext context) {
    long defective = parts.stream().filter(CategoryParts.Part::isDefective).count();
    List<Wrong> missed = new ArrayList<>();
    List<Wrong> rejected = new ArrayList<>();
    if (threshold.isPresent()) {
      missed(parts, threshold.get()).forEach(part -> missed.add(wrong(category, part, context)));
      rejected(parts, threshold.get())
          .forEach(part -> rejected.add(wrong(category, part, context)));
    }
    int more =
        Math.max(0, missed.size() - MOST_LISTED) + Math.max(0, rejected.size() - MOST_LISTED);
    return new Row(
        category,
        anchor,
        Figure.of(threshold),
        Numbers.count(defective),
        count(missed.size(), threshold),
        Numbers.count(parts.size() - defective),
        count(rejected.size(), threshold),
        missed.stream().limit(MOST_LISTED).toList(),
        rejected.stream().limit(MOST_LISTED).toList(),
        more == 0
            ? ""
            : Text.format(
                "%s not listed; the scores of all are in maps/.",
                Text.counted(more, "more part is", "more parts are")));
  }

  private static Figure count(int count, OptionalMetric threshold) {
    return threshold.isPresent()
        ? new Figure(Numbers.count(count), String.valueOf(count))
        : new Figure("–", threshold.reason());
  }

  private static Wrong wrong(String category, CategoryParts.Part part, PageContext context) {
    List<VisualizationRef> all = context.visualizations();
    Optional<Integer> visualization = Optional.empty();
    for (int i = 0; i < all.size() && visualization.isEmpty(); i++) {
      if (all.get(i).category().equals(category) && all.get(i).image().equals(part.image())) {
        visualization = Optional.of(i);
      }
    }
    return new Wrong(
        part.name(),
        part.defect(),
        new Figure(Numbers.fixed(part.score(), 4), Float.toString(part.score())),
        visualization);
  }
}
