package io.nightjar.cli.sweep;

import io.nightjar.report.sweep.SweptConfiguration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the configurations of a sweep have in common. The store of the evaluations shares banks,
 * distances and figures by itself; patch embeddings take much room, so they are kept where another
 * configuration needs the same ones for another bank or another search.
 */
public final class SharedWork {
  /** Settings that patch embeddings depend on. */
  private static final Set<String> OF_EMBEDDINGS =
      Set.of(
          "backbone",
          "weights",
          "weights-sha256",
          "layers",
          "image-size",
          "grid",
          "precision",
          "white-level");

  /** Settings of what is done with distances that are known. */
  private static final Set<String> OF_MAPS = Set.of("smoothing", "neighbours");

  private final Map<Map<String, String>, Set<Map<String, String>>> byEmbeddings = new HashMap<>();

  private SharedWork() {}

  /** Compares the configurations of a sweep. */
  public static SharedWork of(List<SweptConfiguration> configurations) {
    SharedWork shared = new SharedWork();
    for (SweptConfiguration configuration : configurations) {
      if (!isUnified(configuration)) {
        Map<String, String> ofBank = new LinkedHashMap<>(configuration.settings());
        ofBank.keySet().removeAll(OF_EMBEDDINGS);
        ofBank.keySet().removeAll(OF_MAPS);
        shared
            .byEmbeddings
            .computeIfAbsent(embeddings(configuration), key -> new HashSet<>())
            .add(ofBank);
      }
    }
    return shared;
  }

  /** Whether the evaluation of a configuration keeps its patch embeddings for another one. */
  public boolean keepsEmbeddings(SweptConfiguration configuration) {
    return !isUnified(configuration)
        && byEmbeddings.getOrDefault(embeddings(configuration), Set.of()).size() > 1;
  }

  /** The embeddings of the bank of all categories are not kept. */
  private static boolean isUnified(SweptConfiguration configuration) {
    return "unified".equals(configuration.settings().get("scope"));
  }

  private static Map<String, String> embeddings(SweptConfiguration configuration) {
    Map<String, String> embeddings = new LinkedHashMap<>(configuration.settings());
    embeddings.keySet().retainAll(OF_EMBEDDINGS);
    return embeddings;
  }
}
