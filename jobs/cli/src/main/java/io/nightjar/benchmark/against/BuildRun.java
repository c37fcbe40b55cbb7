package io.nightjar.benchmark.against;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One evaluation by a build.
 *
 * @param quantities by name in {@code against.json}: seconds, processor seconds and megabytes of
 *     the process, and what its {@code run.json} says of its stages, summed over the categories
 * @param figures by category and name in {@code metrics.json}, but for seconds
 */
record BuildRun(Map<String, Double> quantities, Map<String, String> figures) {
  static final String WALL = "process_seconds";
  static final String PROCESSOR = "process_cpu_seconds";
  static final String RESIDENT = "peak_resident_megabytes";
  static final String EVALUATION = "evaluation_seconds";

  /** What a process left behind. */
  static BuildRun read(Map<String, Double> process, Path results) throws IOException {
    Map<String, Double> quantities = new LinkedHashMap<>(process);
    JsonNode run = new ObjectMapper().readTree(results.resolve("run.json").toFile());
    if (run.has("wall_seconds")) {
      quantities.put(EVALUATION, run.get("wall_seconds").asDouble());
    }
    run.path("seconds_by_stage")
        .forEach(
            stages ->
                stages
                    .properties()
                    .forEach(
                        stage ->
                            quantities.merge(
                                "stage_" + stage.getKey() + "_seconds",
                                stage.getValue().asDouble(),
                                Double::sum)));
    return new BuildRun(
        quantities, figures(new ObjectMapper().readTree(results.resolve("metrics.json").toFile())));
  }

  private static Map<String, String> figures(JsonNode metrics) {
    Map<String, String> figures = new LinkedHashMap<>();
    for (JsonNode category : metrics.path("categories")) {
      category
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isValueNode() && !field.getKey().equals("seconds")) {
                  figures.put(
                      category.path("category").asText() + " " + field.getKey(),
                      field.getValue().asText());
                }
              });
    }
    return figures;
  }
}
