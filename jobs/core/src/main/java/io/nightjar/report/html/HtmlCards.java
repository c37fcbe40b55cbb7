package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.AbsentMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.VisualizationRef;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;

/** A card for each category: its figures, notes, curves, kinds of defect and pictures. */
final class HtmlCards {
  private HtmlCards() {}

  static String render(EvaluationReport report, List<VisualizationRef> pictures) {
    if (report.categories().isEmpty()) {
      return "";
    }
    StringBuilder cards = new StringBuilder("<section>\n<h2>Category by category</h2>\n");
    if (!pictures.isEmpty()) {
      cards.append(
          """
          <p class="lead">Each picture: the image, its ground truth outlined in white, and the \
          anomaly map from <span class="low">blue, low</span> to <span class="high">red, \
          high</span>, on one scale within a category.</p>
          """);
    }
    boolean wide =
        !pictures.isEmpty()
            || report.categories().stream().anyMatch(c -> !c.metrics().curves().points().isEmpty());
    cards.append("<div class=\"cards\">\n");
    for (int i = 0; i < report.categories().size(); i++) {
      CategoryResult category = report.categories().get(i);
      cards.append(
          card(
              category,
              i,
              wide,
              pictures.stream().filter(p -> p.category().equals(category.category())).toList()));
    }
    return cards.append("</div>\n</section>\n").toString();
  }

  private static String card(
      CategoryResult c, int index, boolean wide, List<VisualizationRef> pictures) {
    return Text.format(
            "<article class=\"panel card%s\" id=\"%s\">\n<h3>%s</h3>\n",
            wide ? " wide" : "", Html.anchor(index), Html.escape(c.category()))
        + facts(c)
        + absent(c)
        + c.notes().stream()
            .map(n -> "<p class=\"note\">" + Html.escape(n) + "</p>\n")
            .collect(joining())
        + details(HtmlCurves.render(c.metrics()) + HtmlDefects.render(c.metrics()))
        + pictures(pictures)
        + "</article>\n";
  }

  private static String details(String content) {
    return content.isEmpty() ? "" : "<div class=\"details\">\n" + content + "</div>\n";
  }

  private static String facts(CategoryResult c) {
    StringBuilder facts = new StringBuilder("<dl class=\"facts\">");
    for (ReportedMetric metric : ReportedMetric.values()) {
      if (metric.isFigure() && metric.of(c).isPresent()) {
        facts.append(fact(metric.label(), Html.span(metric.of(c)), beside(metric, c)));
      }
    }
    facts.append(fact("Resolution", Html.escape(c.resolution()), ""));
    if (c.components() > 0) {
      facts.append(fact("Components", Numbers.count(c.components()), ""));
    }
    if (c.bankRows() > 0) {
      String beside =
          c.bankCategories() > 1 ? Text.format("of %d categories", c.bankCategories()) : "";
      facts.append(fact("Bank rows", Numbers.count(c.bankRows()), beside));
    }
    return facts.append("</dl>\n").toString();
  }

  private static String fact(String term, String value, String beside) {
    return Text.format(
        "<div><dt>%s</dt><dd>%s%s</dd></div>",
        Html.escape(term),
        value,
        beside.isEmpty() ? "" : "<small>" + Html.escape(beside) + "</small>");
  }

  /** A figure's interval, or the score at which it is reached. */
  private static String beside(ReportedMetric metric, CategoryResult c) {
    return switch (metric) {
      case PIXEL_AUPRC -> interval(ReportedInterval.PIXEL_AUPRC_CI95.of(c));
      case IMAGE_AUROC -> interval(ReportedInterval.IMAGE_AUROC_CI95.of(c));
      case PIXEL_BEST_F1 -> score(ReportedMetric.PIXEL_BEST_F1_THRESHOLD.of(c));
      case IMAGE_BEST_F1 -> score(ReportedMetric.IMAGE_BEST_F1_THRESHOLD.of(c));
      default -> "";
    };
  }

  private static String interval(Optional<Interval> interval) {
    return interval
        .map(i -> Numbers.fixed(i.lower(), 3) + "–" + Numbers.fixed(i.upper(), 3))
        .orElse("");
  }

  private static String score(OptionalMetric threshold) {
    return threshold.isPresent() ? "score ≥ " + Numbers.fixed(threshold.get(), 3) : "";
  }

  private static String absent(CategoryResult category) {
    return AbsentMetrics.byReason(category).entrySet().stream()
        .map(
            e ->
                Text.format(
                    "<p class=\"note\">No %s: %s</p>\n",
                    Html.escape(e.getValue()), Html.escape(e.getKey())))
        .collect(joining());
  }

  private static String pictures(List<VisualizationRef> pictures) {
    if (pictures.isEmpty()) {
      return "";
    }
    return pictures.stream()
        .map(HtmlCards::picture)
        .collect(joining("", "<div class=\"pictures\">\n", "</div>\n"));
  }

  private static String picture(VisualizationRef picture) {
    return Text.format(
        """
        <figure><a href="%1$s"><img loading="lazy" src="%1$s" alt="%2$s"></a>\
        <figcaption>%2$s <span class="muted" title="%3$s">score %4$s</span></figcaption></figure>
        """,
        Html.link(picture.relativePath()),
        Html.escape(picture.caption()),
        picture.imageScore(),
        Numbers.fixed(picture.imageScore(), 4));
  }
}
