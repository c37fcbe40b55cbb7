package io.nightjar.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The slice of the category bottle that the reference values were computed on. */
public final class Slice {
  private final JsonNode reference;

  private Slice(JsonNode reference) {
    this.reference = reference;
  }

  public static Slice load() throws IOException {
    return new Slice(
        new ObjectMapper().readTree(SharedFiles.reference("bottle_slice.json").toFile()));
  }

  /** Lays the slice out as a data set of one category, by links to the real files. */
  public Path layOut(Path directory) throws IOException {
    Path bottle = SharedFiles.mvtecAd().resolve("bottle");
    for (String image : images()) {
      link(directory, bottle, image);
      if (image.startsWith("test/") && !image.startsWith("test/good/")) {
        link(
            directory,
            bottle,
            image.replace("test/", "ground_truth/").replace(".png", "_mask.png"));
      }
    }
    return directory;
  }

  public int components() {
    return reference.get("components").asInt();
  }

  public double totalVariance() {
    return reference.get("total_variance").asDouble();
  }

  public double[] largestEigenvalues() {
    JsonNode values = reference.get("eigenvalues_top20");
    double[] eigenvalues = new double[values.size()];
    for (int i = 0; i < eigenvalues.length; i++) {
      eigenvalues[i] = values.get(i).asDouble();
    }
    return eigenvalues;
  }

  /** Each test image's largest patch distance, by its path. */
  public Map<String, Double> largestDistances(int neighbours) {
    JsonNode scores =
        reference.get(neighbours == 1 ? "image_scores_max28" : "image_scores_max28_k" + neighbours);
    Map<String, Double> distances = new LinkedHashMap<>();
    scores.properties().forEach(e -> distances.put(e.getKey(), e.getValue().asDouble()));
    return distances;
  }

  /** A metric at "224" or "original". */
  public double metric(String resolution, String name) {
    return reference.get("metrics").get(resolution).get(name).asDouble();
  }

  private List<String> images() {
    List<String> images = new ArrayList<>();
    reference.get("train").forEach(name -> images.add(name.asText()));
    reference.get("test").forEach(name -> images.add(name.asText()));
    return images;
  }

  private static void link(Path directory, Path bottle, String relative) throws IOException {
    Path target = directory.resolve("bottle").resolve(relative);
    Files.createDirectories(target.getParent());
    Files.createSymbolicLink(target, bottle.resolve(relative));
  }
}
