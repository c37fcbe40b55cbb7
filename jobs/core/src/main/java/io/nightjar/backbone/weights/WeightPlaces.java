package io.nightjar.backbone.weights;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the weights of each network of an embedding are. Of one network, the text is its place,
 * whatever it contains; those of several are between commas, in the order of the networks.
 *
 * @param architectures the networks
 * @param locations as in {@link WeightFiles#load}, one for each network
 * @param sha256 the hash that each file must have; empty where none is checked
 */
public record WeightPlaces(
    List<Architecture> architectures, List<String> locations, List<Optional<String>> sha256) {

  /**
   * The places that a text names.
   *
   * @param architectures the networks, at least one
   * @param weights a place for each
   * @param sha256 a hash for each, an empty one where none is checked; empty for none at all
   * @return the place and the hash of each network
   * @throws InvalidInputException if there are more or fewer than networks
   */
  public static WeightPlaces of(
      List<Architecture> architectures, String weights, Optional<String> sha256) {
    List<String> hashes =
        sha256
            .map(text -> parts("--weights-sha256", text, architectures))
            .orElseGet(() -> architectures.stream().map(none -> "").toList());
    return new WeightPlaces(
        architectures,
        parts("--weights", weights, architectures),
        hashes.stream().map(hash -> Optional.of(hash).filter(text -> !text.isEmpty())).toList());
  }

  private static List<String> parts(String option, String text, List<Architecture> architectures) {
    if (architectures.size() == 1) {
      return List.of(text);
    }
    List<String> parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.size() != architectures.size()) {
      throw new InvalidInputException(
          Text.format(
              "The option %s names %s, but --backbone %s names %d networks: name one for each, in"
                  + " the same order, between commas.",
              option,
              Text.counted(parts.size(), "value", "values"),
              Architecture.ids(architectures),
              architectures.size()));
    }
    return parts;
  }

  /**
   * Reads the files.
   *
   * @param configuration of Hadoop's file systems
   * @return the weights of each network
   * @throws InvalidInputException as {@link WeightFiles#load} does
   */
  public List<Weights> load(Configuration configuration) {
    List<Weights> loaded = new ArrayList<>();
    for (int i = 0; i < locations.size(); i++) {
      loaded.add(WeightFiles.load(locations.get(i), sha256.get(i), configuration));
    }
    return loaded;
  }

  /**
   * The seeded random weights that the places name.
   *
   * @return the weights of each network; empty where all are files
   * @throws InvalidInputException if some are files and some are random
   */
  public Optional<List<Weights>> seeded() {
    List<Optional<Long>> seeds = locations.stream().map(SeededWeights::parseSeed).toList();
    if (seeds.stream().allMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    if (seeds.stream().anyMatch(Optional::isEmpty)) {
      throw new InvalidInputException(
          Text.format(
              "The option --weights is \"%s\": random weights of one network and pretrained ones of"
                  + " another have no meaning together; name files for all, or seeds for all.",
              String.join(",", locations)));
    }
    List<Weights> weights = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      weights.add(SeededWeights.of(architectures.get(i), seeds.get(i).orElseThrow()));
    }
    return Optional.of(weights);
  }
}
