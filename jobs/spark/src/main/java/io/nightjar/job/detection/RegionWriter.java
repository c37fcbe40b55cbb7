package io.nightjar.job.detection;

import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.output.ParquetReport;
import io.nightjar.job.output.ScoredCategory;
import io.nightjar.job.run.RunContext;
import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.detection.CocoDocument;
import io.nightjar.report.detection.DetectedRegion;
import io.nightjar.report.detection.ImageRegions;
import io.nightjar.report.detection.RegionSummary;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds the regions of all images of a run and writes them: a mask of every image that has any, the
 * annotations of all in COCO's format, and a table with a row for each region.
 *
 * @param out the folder of the results
 * @param measure how maps are brought to the size of their images
 */
public record RegionWriter(
    RunContext run, String out, RegionOptions options, MapMeasure measure, PValues pValues) {
  /** The folder of the masks. */
  public static final String MASKS = "masks";

  /** The folder of the table. */
  public static final String TABLE = "regions";

  /** The file of the annotations. */
  public static final String COCO = "regions.coco.json";

  /** What the scores of a bank's own images say of a score. */
  @FunctionalInterface
  public interface PValues {
    /**
     * Of an image with a score as its highest.
     *
     * @return null where nothing is known of normal images
     */
    Double of(String category, float score);
  }

  /**
   * Finds and writes them.
   *
   * @param scores of the categories, with the threshold of each where options state none
   * @return the numbers of each category
   */
  public Map<String, RegionSummary> write(
      List<ScoredCategory> scored, List<CategoryScores> scores) {
    Map<String, Double> thresholds = new LinkedHashMap<>();
    scores.forEach(category -> thresholds.put(category.category(), threshold(category)));
    Map<String, Map<String, String>> masks = new HashMap<>();
    List<RegionTask> tasks = new ArrayList<>();
    for (ScoredCategory category : scored) {
      String name = category.scores().category();
      masks.put(
          name,
          MaskNames.of(
              name, category.images().stream().map(image -> image.ref().relativePath()).toList()));
      float threshold = thresholds.get(name).floatValue();
      for (ScoredImage image : category.images()) {
        tasks.add(
            new RegionTask(
                image,
                masks.get(name).get(image.ref().relativePath()),
                threshold,
                options.rules(),
                measure.withWhiteLevel(image.white())));
      }
    }
    List<ImageRegions> found = find(tasks);
    try {
      new ReportFiles(out, run.hadoop()).write(COCO, CocoDocument.of(found));
    } catch (IOException e) {
      throw new UncheckedIOException("The regions cannot be written to " + out, e);
    }
    new ParquetReport(run.hadoop())
        .write(RegionTable.COLUMNS, rows(found, masks), out + "/" + TABLE);
    Map<String, RegionSummary> summaries = new LinkedHashMap<>();
    thresholds.forEach(
        (name, threshold) ->
            summaries.put(
                name,
                RegionSummary.of(
                    threshold,
                    found.stream().filter(image -> image.category().equals(name)).toList())));
    return summaries;
  }

  private double threshold(CategoryScores category) {
    return options
        .threshold()
        .orElseGet(
            () ->
                category
                    .decision()
                    .map(CategoryDecision::pixelThreshold)
                    .orElseThrow()
                    .orElseThrow());
  }

  private List<ImageRegions> find(List<RegionTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    run.spark().sc().setJobDescription("find the regions of " + tasks.size() + " images");
    Broadcast<SerializableConfiguration> shared = run.configuration();
    String folder = out + "/" + MASKS;
    return run.spark()
        .parallelize(tasks, run.partitionsOf(tasks.size()))
        .map(task -> task.find(folder, shared.value().value()))
        .collect();
  }

  private List<RegionTable.Row> rows(
      List<ImageRegions> found, Map<String, Map<String, String>> masks) {
    List<RegionTable.Row> rows = new ArrayList<>();
    for (ImageRegions image : found) {
      int number = 0;
      for (DetectedRegion region : image.regions()) {
        number++;
        rows.add(
            new RegionTable.Row(
                image.category(),
                image.path(),
                number,
                region.shape(),
                pValues.of(image.category(), region.shape().peak()),
                MASKS + "/" + masks.get(image.category()).get(image.path())));
      }
    }
    return rows;
  }
}
