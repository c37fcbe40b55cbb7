package io.nightjar.report;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A card for each category: its figures, its notes and its pictures. */
final class HtmlCards {
  private HtmlCards() {}

  static String render(EvaluationReport report, List<PictureRef> pictures) {
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
    cards.append("<div class=\"cards\">\n");
    for (int i = 0; i < report.categories().size(); i++) {
      CategoryResult category = report.categories().get(i);
      cards.append(
          card(
              category,
              i,
              pictures.stream().filter(p -> p.category().equals(category.category())).toList()));
    }
    return cards.append("</div>\n</section>\n").toString();
  }

  private static String card(CategoryResult c, int index, List<PictureRef> pictures) {
    return "<article class=\"panel card%s\" id=\"%s\">\n<h3>%s</h3>\n"
            .formatted(
                pictures.isEmpty() ? "" : " pictured",
                Html.anchor(index),
                Html.escape(c.category()))
        + "<dl class=\"facts\">"
        + fact("Pixel AUPRC", Html.span(c.pixelAuprc()))
        + fact("Pixel AUROC", Html.span(c.pixelAuroc()))
        + fact("Image AUROC", Html.span(c.imageAuroc()))
        + fact("Resolution", Html.escape(c.resolution()))
        + fact("Components", Numbers.count(c.components()))
        + fact("Bank rows", Numbers.count(c.bankRows()))
        + "</dl>\n"
        + absent(c)
        + c.notes().stream()
            .map(n -> "<p class=\"note\">" + Html.escape(n) + "</p>\n")
            .collect(joining())
        + pictures(pictures)
        + "</article>\n";
  }

  private static String fact(String term, String value) {
    return "<div><dt>" + term + "</dt><dd>" + value + "</dd></div>";
  }

  private static String absent(CategoryResult category) {
    StringBuilder notes = new StringBuilder();
    for (ReportedMetric metric : ReportedMetric.values()) {
      if (!metric.of(category).isPresent()) {
        notes.append(
            "<p class=\"note\">No %s: %s</p>\n"
                .formatted(metric.labelInSentence(), Html.escape(metric.of(category).reason())));
      }
    }
    return notes.toString();
  }

  private static String pictures(List<PictureRef> pictures) {
    if (pictures.isEmpty()) {
      return "";
    }
    return pictures.stream()
        .map(HtmlCards::picture)
        .collect(joining("", "<div class=\"pictures\">\n", "</div>\n"));
  }

  private static String picture(PictureRef picture) {
    return """
        <figure><a href="%1$s"><img loading="lazy" src="%1$s" alt="%2$s"></a>\
        <figcaption>%2$s <span class="muted" title="%3$s">score %4$s</span></figcaption></figure>
        """
        .formatted(
            Html.link(picture.relativePath()),
            Html.escape(picture.caption()),
            picture.imageScore(),
            Numbers.fixed(picture.imageScore(), 4));
  }
}
