package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The run's pixel AUPRC beside what others published: a chart and a table. */
final class HtmlPublished {
  private static final int CHART_HEIGHT = 22;

  private final EvaluationReport report;
  private final Comparison comparison;
  private final PublishedResults published;
  private final List<CategoryResult> shared;

  private HtmlPublished(
      EvaluationReport report, Comparison comparison, PublishedResults published) {
    this.report = report;
    this.comparison = comparison;
    this.published = published;
    this.shared = comparison.shared(report);
  }

  static String render(EvaluationReport report, Comparison comparison) {
    String content =
        comparison
            .published()
            .map(p -> new HtmlPublished(report, comparison, p).content())
            .orElseGet(
                () ->
                    "<p class=\"lead\">No published figures stand beside these: "
                        + Html.escape(comparison.reason())
                        + "</p>\n");
    return "<section>\n<h2>Beside published results</h2>\n" + content + "</section>\n";
  }

  private String content() {
    return """
        <p class="lead">Pixel AUPRC of this run and of published methods, for each category.</p>
        """
        + legend()
        + chart()
        + "<div class=\"scroll panel\">\n<table>\n"
        + tableHead()
        + tableBody()
        + tableFoot()
        + "</table>\n</div>\n"
        + partial()
        + published.sources().stream()
            .map(s -> "<p class=\"small\">" + Html.escape(s) + "</p>\n")
            .collect(joining());
  }

  private static String legend() {
    return """
        <p class="legend"><span><svg width="16" height="16"><circle class="ours" cx="8" cy="8" r="6"/></svg>this run</span>\
        <span><svg width="16" height="16"><rect class="baseline" x="6" y="1" width="3" height="14" rx="1"/></svg>resnet50_knn, as published</span>\
        <span><svg width="16" height="16"><path class="patchcore" d="M8 2l6 6-6 6-6-6z"/></svg>patchcore_unified</span>\
        <span><svg width="16" height="16"><circle class="other" cx="8" cy="8" r="3.5"/></svg>other methods</span></p>
        """;
  }

  private String chart() {
    String rows = shared.stream().map(this::chartRow).collect(joining());
    return "<div class=\"panel chart\" role=\"img\" aria-label=\"Pixel AUPRC of this run and of"
        + " published methods; the table below has the figures\">\n"
        + rows
        + """
        <div class="chart-row axis"><span></span><span class="ticks"><span>0</span><span>0.2</span>\
        <span>0.4</span><span>0.6</span><span>0.8</span><span>1</span></span></div>
        </div>
        """;
  }

  private String chartRow(CategoryResult category) {
    StringBuilder marks = new StringBuilder();
    for (int i = 0; i <= 5; i++) {
      marks.append(
          Text.format(
              "<line class=\"grid\" x1=\"%1$s%%\" x2=\"%1$s%%\" y1=\"0\" y2=\"%2$s\"/>",
              20 * i, CHART_HEIGHT));
    }
    for (String method : published.methods()) {
      OptionalDouble figure = comparison.figure(category, method);
      if (figure.isPresent()) {
        marks.append(mark(method, figure.getAsDouble()));
      }
    }
    marks.append(
        Text.format(
            "<circle class=\"ours\" cx=\"%s\" cy=\"11\" r=\"6\"><title>this run: %s</title></circle>",
            percent(category.pixelAuprc().get()), category.pixelAuprc().get()));
    return Text.format(
        "<div class=\"chart-row\"><span class=\"name\">%s</span><svg width=\"100%%\" height=\"%s\" overflow=\"visible\">%s</svg></div>\n",
        Html.escape(category.category()), CHART_HEIGHT, marks);
  }

  private static String mark(String method, double figure) {
    String title = Text.format("<title>%s: %s</title>", Html.escape(method), figure);
    String x = percent(figure);
    return switch (method) {
      case PublishedResults.RESNET50_KNN ->
          Text.format(
              "<svg x=\"%s\" overflow=\"visible\"><rect class=\"baseline\" x=\"-1.5\" y=\"1\" width=\"3\" height=\"20\" rx=\"1\">%s</rect></svg>",
              x, title);
      case PublishedResults.PATCHCORE_UNIFIED ->
          Text.format(
              "<svg x=\"%s\" overflow=\"visible\"><path class=\"patchcore\" d=\"M0 5l6 6-6 6-6-6z\">%s</path></svg>",
              x, title);
      default ->
          Text.format(
              "<circle class=\"other\" cx=\"%s\" cy=\"11\" r=\"3.5\">%s</circle>", x, title);
    };
  }

  private static String percent(double figure) {
    return Numbers.fixed(100 * figure, 2) + "%";
  }

  private String tableHead() {
    return published.methods().stream()
        .map(
            m -> "<th scope=\"col\" class=\"n\">" + Html.escape(m).replace("_", "_<wbr>") + "</th>")
        .collect(
            joining(
                "",
                "<thead><tr><th scope=\"col\">Category</th><th scope=\"col\" class=\"n\">this run</th>"
                    + "<th scope=\"col\" class=\"n\">minus resnet50_<wbr>knn</th>",
                "</tr></thead>\n"));
  }

  private String tableBody() {
    return shared.stream().map(this::tableRow).collect(joining("", "<tbody>\n", "</tbody>\n"));
  }

  private String tableRow(CategoryResult category) {
    double best =
        published.methods().stream()
            .map(m -> comparison.figure(category, m))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max()
            .orElseThrow();
    return published.methods().stream()
        .map(m -> figure(comparison.figure(category, m), best))
        .collect(
            joining(
                "",
                Text.format(
                    "<tr><th scope=\"row\">%s</th>%s<td class=\"n\">%s</td>",
                    Html.escape(category.category()),
                    Html.cell(category.pixelAuprc()).replace("class=\"n\"", "class=\"n own\""),
                    Html.signed(comparison.difference(category, PublishedResults.RESNET50_KNN))),
                "</tr>\n"));
  }

  /** The best published figure of a category stands out. */
  private static String figure(OptionalDouble figure, double best) {
    String shown = Numbers.published(figure);
    boolean isBest = figure.isPresent() && figure.getAsDouble() == best;
    return Html.cell(figure, isBest ? "<b>" + shown + "</b>" : shown);
  }

  private String tableFoot() {
    OptionalDouble ours = shared.stream().mapToDouble(c -> c.pixelAuprc().get()).average();
    return published.methods().stream()
        .map(m -> comparison.mean(report, m))
        .map(mean -> Html.cell(mean, Numbers.published(mean)))
        .collect(
            joining(
                "",
                Text.format(
                    "<tfoot><tr><th scope=\"row\">mean</th>%s<td class=\"n\">%s</td>",
                    Html.cell(OptionalMetric.of(ours.orElseThrow()))
                        .replace("class=\"n\"", "class=\"n own\""),
                    Html.signed(comparison.meanDifference(report, PublishedResults.RESNET50_KNN))),
                "</tr></tfoot>\n"));
  }

  private String partial() {
    int all = report.categories().size();
    return Optional.of(shared.size())
        .filter(size -> size < all)
        .map(
            size ->
                Text.format(
                    "<p class=\"small\">Here are the %s of %s categories for which figures are published; the mean is theirs.</p>\n",
                    size, all))
        .orElse("");
  }
}
