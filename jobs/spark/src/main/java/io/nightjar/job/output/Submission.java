package io.nightjar.job.output;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Half;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.options.SubmissionOptions;
import io.nightjar.job.result.SubmittedMaps;
import io.nightjar.job.run.RunContext;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the maps of a data set's unlabelled images as the evaluation server of MVTec AD 2 takes
 * them (Heckler-Kram et al. 2025; the data set's script that checks submissions): {@code
 * anomaly_images/OBJECT/SPLIT/IMAGE.tiff} of 16-bit floating point at the image's size, and, where
 * thresholds are known, {@code anomaly_images_thresholded/OBJECT/SPLIT/IMAGE.png} of 0 and 255, for
 * the splits {@code test_private} and {@code test_private_mixed}.
 */
public final class Submission {
  /** The folder within the results; nothing else may be in it. */
  static final String FOLDER = "submission";

  private static final List<String> SPLITS = List.of("test_private/", "test_private_mixed/");

  /** The server takes submissions of all of them. */
  private static final Set<String> OBJECTS =
      Set.of("can", "fabric", "fruit_jelly", "rice", "sheet_metal", "vial", "wallplugs", "walnuts");

  private final Map<String, Float> thresholds;

  private Submission(Map<String, Float> thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Prepares a submission; nothing is scored or written yet.
   *
   * @param options that ask for one
   * @param found the images that will be scored
   * @param location where they were found, for messages
   * @throws InvalidInputException if the data set is another one or has no image to submit, or the
   *     run with thresholds cannot be read or lacks a category
   */
  public static Submission prepare(
      SubmissionOptions options, Catalogue found, String location, Configuration configuration) {
    if (!found.layout().equals(SubmissionOptions.MVTEC_AD_2)) {
      throw new InvalidInputException(
          Text.format(
              "--submission %s is for MVTec AD 2, and %s was read as %s. Name that data set, or leave"
                  + " out --submission.",
              SubmissionOptions.MVTEC_AD_2, location, found.description()));
    }
    if (found.categories().stream()
        .flatMap(category -> category.test().stream())
        .noneMatch(image -> isPrivate(image.relativePath()))) {
      throw new InvalidInputException(
          Text.format(
              "There is nothing to submit in %s: no category has images in test_private or"
                  + " test_private_mixed.",
              location));
    }
    Map<String, Float> thresholds = new TreeMap<>();
    if (options.thresholds().isPresent()) {
      Map<String, CategoryResult> results =
          results(options.thresholds().orElseThrow(), configuration);
      for (Category category : found.categories()) {
        thresholds.put(
            category.name(),
            threshold(category.name(), results, options.thresholds().orElseThrow()));
      }
    }
    return new Submission(thresholds);
  }

  private static Map<String, CategoryResult> results(String run, Configuration configuration) {
    try {
      EvaluationReport report = new ReportFiles(run, configuration).read();
      Map<String, CategoryResult> results = new TreeMap<>();
      report.categories().forEach(category -> results.put(category.category(), category));
      return results;
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The thresholds in %s cannot be read: %s. Name the folder of a finished run of"
                  + " evaluate.",
              run, e.getMessage()),
          e);
    }
  }

  private static float threshold(String category, Map<String, CategoryResult> results, String run) {
    OptionalDouble threshold =
        results.containsKey(category)
            ? results.get(category).metrics().pixelBestF1().threshold()
            : OptionalDouble.empty();
    return (float)
        threshold.orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The run %s has no pixel_best_f1_threshold of category '%s'; evaluate its"
                            + " test_public there, or leave out --submission-thresholds.",
                        run, category)));
  }

  /**
   * Writes the maps.
   *
   * @param found the images that were to be scored
   * @param out the folder of the results
   * @throws InvalidInputException if a score is beyond 16-bit floating point
   */
  public SubmittedMaps write(
      List<ScoredCategory> scored,
      Catalogue found,
      MapMeasure measure,
      String out,
      RunContext run) {
    List<SubmissionTask> tasks = new ArrayList<>();
    for (ScoredCategory category : scored) {
      String name = category.scores().category();
      for (ScoredImage image : category.images()) {
        if (isPrivate(image.ref().relativePath())) {
          requireRoom(image);
          tasks.add(
              new SubmissionTask(
                  image,
                  name + "/" + ImageFiles.stem(image.ref().relativePath()),
                  thresholds.getOrDefault(name, Float.NaN),
                  measure));
        }
      }
    }
    if (!tasks.isEmpty()) {
      run.spark().sc().setJobDescription("write " + tasks.size() + " maps to submit");
      Broadcast<SerializableConfiguration> shared = run.configuration();
      String folder = out + "/" + FOLDER;
      run.spark()
          .parallelize(tasks, run.partitionsOf(tasks.size()))
          .foreach(task -> task.write(folder, shared.value().value()));
    }
    Set<String> lacking = new TreeSet<>(OBJECTS);
    scored.forEach(category -> lacking.remove(category.scores().category()));
    return new SubmittedMaps(
        FOLDER,
        tasks.size(),
        privateImages(found) - tasks.size(),
        List.copyOf(lacking),
        !thresholds.isEmpty());
  }

  /** Upsampling and smoothing never exceed the largest distance. */
  private static void requireRoom(ScoredImage image) {
    if (image.high() > Half.LARGEST) {
      throw new InvalidInputException(
          Text.format(
              "The maps cannot be submitted: %s of %s has the score %s, and the server takes 16-bit"
                  + " floating point, at most %s. Leave out --submission.",
              image.ref().relativePath(), image.ref().category(), image.high(), Half.LARGEST));
    }
  }

  private static int privateImages(Catalogue found) {
    int images = 0;
    for (Category category : found.categories()) {
      images +=
          (int)
              category.test().stream()
                  .map(ImageRef::relativePath)
                  .filter(Submission::isPrivate)
                  .count();
      images +=
          (int)
              category.leftOut(Split.TEST).stream()
                  .map(LeftOut::relativePath)
                  .filter(Submission::isPrivate)
                  .count();
    }
    return images;
  }

  private static boolean isPrivate(String path) {
    return SPLITS.stream().anyMatch(path::startsWith);
  }
}
