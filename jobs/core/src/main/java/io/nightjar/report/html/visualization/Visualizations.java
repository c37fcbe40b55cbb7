package io.nightjar.report.html.visualization;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.visualization.Layers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * All visualizations of the page.
 *
 * @param all in their order
 * @param worst of all categories, the worst first
 * @param embedding what of them is within the page
 */
public record Visualizations(
    List<Visualization> all, List<Visualization> worst, Embedding embedding) {
  /**
   * What visualizations may take of the page, in bytes: with tables and curves of 15 categories it
   * stays below 10 MB.
   */
  public static final long MOST_BYTES = 8_500_000;

  private static final int STRIP = 12;

  /** What of the visualizations is within the page. */
  public enum Embedding {
    /** Images, outlines and maps. */
    ALL,
    /** Outlines and maps; the images are in linked files. */
    MAPS,
    /** Nothing; all is in linked files. */
    NONE
  }

  /** Embeds as much as may be within the page, of all visualizations alike. */
  public static Visualizations of(EvaluationReport report, List<VisualizationRef> references) {
    Embedding embedding = embedding(references);
    Map<String, OptionalDouble> ofPixels =
        thresholds(report, ReportedMetric.PIXEL_BEST_F1_THRESHOLD);
    List<Visualization> all = new ArrayList<>();
    for (VisualizationRef reference : references) {
      Visualization visualization = Visualization.linked(all.size(), reference);
      OptionalDouble threshold =
          ofPixels.getOrDefault(reference.category(), OptionalDouble.empty());
      all.add(
          embedding == Embedding.NONE
              ? visualization
              : reference
                  .layers()
                  .map(
                      layers ->
                          visualization.with(
                              View.of(layers, embedding == Embedding.ALL, threshold)))
                  .orElse(visualization));
    }
    List<Visualization> worst =
        worst(references, thresholds(report, ReportedMetric.IMAGE_BEST_F1_THRESHOLD)).stream()
            .map(all::get)
            .toList();
    return new Visualizations(all, worst, embedding);
  }

  /** The visualizations of a category. */
  public List<Visualization> of(String category) {
    return all.stream().filter(visualization -> visualization.category().equals(category)).toList();
  }

  /** Whether any visualization can be looked at within the page. */
  public boolean viewable() {
    return all.stream().anyMatch(visualization -> visualization.view().isPresent());
  }

  private static Embedding embedding(List<VisualizationRef> references) {
    long images = 0;
    long others = 0;
    for (VisualizationRef reference : references) {
      if (reference.layers().isPresent()) {
        Layers layers = reference.layers().get();
        images += encoded(layers.image());
        others += encoded(layers.outline()) + encoded(layers.map());
      }
    }
    if (images + others <= MOST_BYTES) {
      return Embedding.ALL;
    }
    return others <= MOST_BYTES ? Embedding.MAPS : Embedding.NONE;
  }

  /** In base 64. */
  private static long encoded(byte[] file) {
    return 4 * ((file.length + 2L) / 3);
  }

  /**
   * The defective images that were found worst, by their own AUPRC; where none has one, by their
   * score as a fraction of the threshold of their category.
   */
  private static List<Integer> worst(
      List<VisualizationRef> references, Map<String, OptionalDouble> ofImages) {
    boolean masked = references.stream().anyMatch(v -> v.ownAuprc().isPresent());
    Map<Integer, Double> ranks = new HashMap<>();
    for (int i = 0; i < references.size(); i++) {
      VisualizationRef reference = references.get(i);
      OptionalDouble rank = masked ? reference.ownAuprc() : fraction(reference, ofImages);
      if (reference.kind() == VisualizationRef.Kind.WORST && rank.isPresent()) {
        ranks.put(i, rank.getAsDouble());
      }
    }
    return ranks.keySet().stream()
        .sorted(Comparator.<Integer, Double>comparing(ranks::get).thenComparing(i -> i))
        .limit(STRIP)
        .toList();
  }

  private static OptionalDouble fraction(
      VisualizationRef reference, Map<String, OptionalDouble> ofImages) {
    OptionalDouble threshold = ofImages.getOrDefault(reference.category(), OptionalDouble.empty());
    return threshold.isPresent() && threshold.getAsDouble() > 0
        ? OptionalDouble.of(reference.imageScore() / threshold.getAsDouble())
        : OptionalDouble.empty();
  }

  private static Map<String, OptionalDouble> thresholds(
      EvaluationReport report, ReportedMetric metric) {
    Map<String, OptionalDouble> thresholds = new HashMap<>();
    report
        .categories()
        .forEach(category -> thresholds.put(category.category(), metric.of(category).value()));
    return thresholds;
  }
}
