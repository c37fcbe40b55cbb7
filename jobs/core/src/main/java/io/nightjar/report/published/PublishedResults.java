package io.nightjar.report.published;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures that others published, by category and method, with their sources. */
public final class PublishedResults {
  /** The method that Nightjar runs by default, as its authors published it. */
  public static final String RESNET50_KNN = "resnet50_knn";

  /** PatchCore with one bank for all categories. */
  public static final String PATCHCORE_UNIFIED = "patchcore_unified";

  private static final String MVTEC_AD = "/io/nightjar/conf/published/mvtec_ad_pixel_auprc.csv";

  private final List<String> sources;
  private final List<String> methods;
  private final Map<String, Map<String, Double>> byCategory;

  private PublishedResults(
      List<String> sources, List<String> methods, Map<String, Map<String, Double>> byCategory) {
    this.sources = Collections.unmodifiableList(sources);
    this.methods = Collections.unmodifiableList(methods);
    this.byCategory = byCategory;
  }

  /** Pixel AUPRC on MVTec AD, from {@code conf/published/mvtec_ad_pixel_auprc.csv}. */
  public static PublishedResults mvtecAdPixelAuprc() {
    try (InputStream in = PublishedResults.class.getResourceAsStream(MVTEC_AD)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks " + MVTEC_AD);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), MVTEC_AD);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + MVTEC_AD, e);
    }
  }

  /**
   * Reads a table without quoted fields: comment lines start with {@code #}, the header is {@code
   * category} and the methods, an empty field is a figure that was not published.
   */
  static PublishedResults parse(String csv, String name) {
    List<String> sources = new ArrayList<>();
    List<String> methods = new ArrayList<>();
    Map<String, Map<String, Double>> byCategory = new LinkedHashMap<>();
    for (String line : csv.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      List<String> fields = List.of(line.split(",", -1));
      if (line.startsWith("#")) {
        sources.add(line.substring(1).strip());
      } else if (methods.isEmpty()) {
        methods.addAll(fields.subList(1, fields.size()));
      } else {
        byCategory.put(fields.get(0), figures(methods, fields, name));
      }
    }
    return new PublishedResults(sources, methods, byCategory);
  }

  private static Map<String, Double> figures(
      List<String> methods, List<String> fields, String name) {
    if (fields.size() != methods.size() + 1) {
      throw new IllegalStateException(
          Text.format(
              "%s: the row %s has %d fields, the header %d",
              name, fields.get(0), fields.size(), methods.size() + 1));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < methods.size(); i++) {
      if (!fields.get(i + 1).isEmpty()) {
        figures.put(methods.get(i), Double.valueOf(fields.get(i + 1)));
      }
    }
    return figures;
  }

  /** Where the figures come from, one sentence each. */
  public List<String> sources() {
    return sources;
  }

  /** The methods, in the order of the table. */
  public List<String> methods() {
    return methods;
  }

  /** The categories, in the order of the table. */
  public List<String> categories() {
    return List.copyOf(byCategory.keySet());
  }

  /** What a method reached on a category; empty where nothing is published. */
  public OptionalDouble figure(String category, String method) {
    Double figure = byCategory.getOrDefault(category, Map.of()).get(method);
    return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }
}
