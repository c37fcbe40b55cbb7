package io.nightjar.report.console;

import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.Numbers;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.detection.RegionSummary;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.util.Comparator;
import java.util.List;

/** The scores of a run as text for a console, in ASCII: a line for each category. */
public final class ScoreTable {
  private static final int QUARANTINED_SHOWN = 5;

  private ScoreTable() {}

  /**
   * The whole text: the table, what failed and what was left out.
   *
   * @param colours whether the console shows ANSI colours
   */
  public static String render(ScoringReport report, boolean colours) {
    Ansi ansi = colours ? Ansi.COLOURED : Ansi.PLAIN;
    StringBuilder out = new StringBuilder();
    if (!report.categories().isEmpty()) {
      table(report.categories(), ansi, out);
      report.categories().forEach(category -> decision(category, out));
      report.regions().forEach((category, regions) -> regions(category, regions, out));
      report
          .categories()
          .forEach(category -> category.notes().forEach(note -> note(category, note, out)));
    }
    boolean isWhole =
        report.failed().isEmpty()
            && report.categories().stream().allMatch(one -> one.quarantined().isEmpty());
    if (!report.categories().isEmpty() && !isWhole) {
      line(out, "");
    }
    for (FailedCategory failed : report.failed()) {
      line(out, ansi.red(ResultTable.safe(failed.category() + " FAILED: " + failed.reason())));
    }
    for (CategoryScores category : report.categories()) {
      List<QuarantinedFile> files = category.quarantined();
      files.stream()
          .limit(QUARANTINED_SHOWN)
          .forEach(
              file ->
                  line(
                      out,
                      ansi.yellow(
                          ResultTable.safe(
                              Text.format(
                                  "%s left out %s: %s",
                                  category.category(), file.path(), file.reason())))));
      if (files.size() > QUARANTINED_SHOWN) {
        line(
            out,
            Text.format(
                "and %d more, all of them in %s",
                files.size() - QUARANTINED_SHOWN, ReportFiles.SCORE_JSON));
      }
    }
    return out.toString();
  }

  private static void table(List<CategoryScores> categories, Ansi ansi, StringBuilder out) {
    TextColumns columns = new TextColumns();
    columns.add("category", "", false);
    columns.add("images", "scored", true);
    columns.add("left", "out", true);
    columns.add("image score", "median", true);
    columns.add("", "95 %", true);
    columns.add("", "highest", true);
    columns.add("seconds", "", true);
    columns.add("image with the", "highest score", false);
    List<List<String>> rows = categories.stream().map(ScoreTable::row).toList();
    columns.fit(rows);
    line(out, ansi.bold(columns.upperHeader()));
    line(out, ansi.bold(columns.lowerHeader()));
    line(out, columns.rule());
    rows.forEach(row -> line(out, columns.format(row)));
  }

  private static List<String> row(CategoryScores category) {
    ScoreDistribution scores = category.imageScores();
    ScoredFile highest =
        category.images().stream().max(Comparator.comparing(ScoredFile::imageScore)).orElseThrow();
    return List.of(
        ResultTable.safe(category.category()),
        Numbers.count(category.images().size()),
        Numbers.count(category.quarantined().size()),
        Numbers.fixed(scores.median(), 4),
        Numbers.fixed(scores.quantile(0.95), 4),
        Numbers.fixed(scores.quantile(1), 4),
        Numbers.fixed(category.seconds(), 1),
        ResultTable.safe(highest.path()));
  }

  private static void decision(CategoryScores category, StringBuilder out) {
    category
        .decision()
        .ifPresent(
            decision ->
                line(
                    out,
                    ResultTable.safe(
                        Text.format(
                            "%s: %s of %s anomalous, those with a score above %s%s%s",
                            category.category(),
                            Numbers.count(decision.anomalous()),
                            Text.counted(category.images().size(), "image", "images"),
                            Numbers.fixed(decision.limit(), 4),
                            decision
                                .selected()
                                .map(count -> Text.format(", %d selected", count))
                                .orElse(""),
                            decision.pixelThreshold().isPresent()
                                ? ", patches from "
                                    + Numbers.fixed(decision.pixelThreshold().getAsDouble(), 4)
                                    + " on"
                                : ""))));
  }

  private static void note(CategoryScores category, String note, StringBuilder out) {
    line(out, ResultTable.safe(category.category() + ": " + note));
  }

  private static void regions(String category, RegionSummary regions, StringBuilder out) {
    line(
        out,
        ResultTable.safe(
            Text.format(
                "%s: %s on %s, of pixels from %s on",
                category,
                Text.counted(regions.regions(), "region", "regions"),
                Text.counted(regions.images(), "image", "images"),
                Numbers.fixed(regions.threshold(), 4))));
  }

  private static void line(StringBuilder out, String text) {
    out.append(text.stripTrailing()).append('\n');
  }
}
