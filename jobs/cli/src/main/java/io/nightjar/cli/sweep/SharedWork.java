package io.nightjar.cli.sweep;

import io.nightjar.report.sweep.SweptConfiguration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the configurations of a sweep have in common. The store of the evaluations shares banks,
 * distances and figures by itself; patch embeddings take much room, so they are kept where another
 * configuration needs the same ones for another bank or another search.
 */
public final class SharedWork {
  private static final String NEIGHBOURS = "neighbours";
  private static final int MOST_NEIGHBOURS = 50;

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
          "aspect",
          "tiles",
          "tile-overlap",
          "smallest-defect",
          "white-level");

  /** Settings of what is done with distances that are known. */
  private static final Set<String> OF_MAPS = Set.of("smoothing", NEIGHBOURS);

  private final List<SweptConfiguration> configurations;

  private final Map<Map<String, String>, Set<Map<String, String>>> byEmbeddings = new HashMap<>();

  private SharedWork(List<SweptConfiguration> configurations) {
    this.configurations = List.copyOf(configurations);
  }

  /** Compares the configurations of a sweep. */
  public static SharedWork of(List<SweptConfiguration> configurations) {
    SharedWork shared = new SharedWork(configurations);
    for (SweptConfiguration configuration : configurations) {
      if (!isUnified(configuration)) {
        Map<String, String> ofBank = withoutMaps(configuration);
        ofBank.keySet().removeAll(OF_EMBEDDINGS);
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

  /**
   * The numbers of neighbours that configurations with the same bank and the same search ask for:
   * one search finds the distances of all.
   *
   * @return none beyond {@value #MOST_NEIGHBOURS}, which would make the search of the others slow
   */
  public List<Integer> otherNeighbours(SweptConfiguration configuration) {
    return configurations.stream()
        .filter(other -> withoutMaps(other).equals(withoutMaps(configuration)))
        .flatMap(other -> Optional.ofNullable(other.settings().get(NEIGHBOURS)).stream())
        .filter(number -> number.matches("[1-9]\\d?"))
        .map(Integer::valueOf)
        .filter(number -> number <= MOST_NEIGHBOURS)
        .distinct()
        .sorted()
        .toList();
  }

  private static Map<String, String> withoutMaps(SweptConfiguration configuration) {
    Map<String, String> settings = new LinkedHashMap<>(configuration.settings());
    settings.keySet().removeAll(OF_MAPS);
    return settings;
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
