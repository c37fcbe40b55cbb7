package io.nightjar.job.evaluate;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.map.FoundMaps;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.OutputOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.EvaluationReports;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunInputs;
import io.nightjar.job.run.RunManifest;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.RunInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A measurement of maps that were found: those of all categories are measured, and the results are
 * written and shown.
 *
 * @param data where the data set is, as it was given
 * @param listed the data set
 * @param roots folders of the maps, one for each method
 * @param found the maps of the test images
 * @param normal by category, the maps of each normal image, one of each method
 * @param rule what the maps of several methods are divided by
 * @param label what the figures mean
 */
public record MapsRun(
    SparkSession session,
    String data,
    Catalogue listed,
    List<String> roots,
    FoundMaps found,
    Map<String, List<List<String>>> normal,
    ScaleRule rule,
    MapOptions map,
    MeasureOptions measure,
    OutputOptions output,
    RunLabel label) {
  /** The input whose pixels the smoothing is given in: that of the method as published. */
  private static final Size IMAGE_SIZE = Size.square(224);

  /** All files of maps that are read. */
  public List<String> files() {
    return Stream.concat(
            found.maps().values().stream()
                .flatMap(List::stream)
                .filter(MapRef::isFound)
                .flatMap(one -> one.files().stream()),
            normal.values().stream().flatMap(List::stream).flatMap(List::stream))
        .toList();
  }

  /**
   * Measures, and fills and publishes the folder.
   *
   * @param request that the folder was claimed for
   * @param recorded the options, for the record of the run
   */
  public WrittenRun into(
      RunFolder folder, Request request, Map<String, Object> recorded, RunContext run) {
    Map<String, Object> subject = new LinkedHashMap<>(Map.of("maps", recordedMaps()));
    Map<String, Object> divided = new ConcurrentSkipListMap<>();
    RunManifest manifest =
        new RunManifest(session, data, subject, recorded, label)
            .of(listed)
            .request(Request.FIELD, request.sha256());
    MapMeasure atSize = MapMeasure.of(map, measure, IMAGE_SIZE);
    ConcurrentCategories.Outcomes<CategoryOutcome> outcomes = measured(divided, atSize, run);
    if (!divided.isEmpty()) {
      subject.put(RunInfo.SCALES, divided);
    }
    EvaluationReport report =
        new EvaluationReports(manifest).report(outcomes.evaluated(), outcomes.failed());
    EvaluationReport complete =
        report
            .withInputs(RunInputs.ofReport(report).of(listed, found))
            .withRun(run.withResources(report.run()));
    WrittenRun written =
        new RunWriter(run, folder.location(), output.visualizations(), atSize)
            .write(complete, label.comparison(), outcomes.evaluated(), Optional.empty());
    folder.publish();
    return written;
  }

  private Map<String, Object> recordedMaps() {
    List<String> places = roots.stream().map(root -> RunManifest.place(session, root)).toList();
    if (roots.size() == 1) {
      return Map.of("root", places.get(0));
    }
    Map<String, Object> recorded = new LinkedHashMap<>(Map.of("roots", places));
    recorded.putAll(rule.asMap());
    return recorded;
  }

  /**
   * @param divided receives what the maps of several methods were divided by
   */
  private ConcurrentCategories.Outcomes<CategoryOutcome> measured(
      Map<String, Object> divided, MapMeasure atSize, RunContext run) {
    return new ConcurrentCategories(run)
        .run(
            listed.categories().stream()
                .map(
                    category ->
                        new MapsMeasurement(
                            run,
                            category,
                            found.maps().get(category.name()),
                            measure,
                            atSize,
                            roots,
                            rule,
                            normal.getOrDefault(category.name(), List.of()),
                            divided,
                            CategoryNotes.of(category, label)))
                .toList());
  }
}
