package io.nightjar.job.guard;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.io.PlainName;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.RunContext;
import io.nightjar.json.Json;
import io.nightjar.report.table.CsvLine;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.score.NoveltyScore;
import io.nightjar.text.SpreadsheetText;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The images that a guard held back, for a person to look at: {@code review.csv}, {@code
 * review.json} and a visualization of each, those farthest from the bank first.
 */
public record ReviewList(RunContext run, String folder) {
  /** Of a file's name, which also has a rank and an extension. */
  private static final int STEM_BYTES = PlainName.LONGEST - 40;

  private static final String CSV = "review.csv";
  private static final String JSON = "review.json";

  /** {@code review.json}. */
  private record Document(
      String category,
      int version,
      String score,
      double limit,
      double median,
      double deviation,
      double deviations,
      List<Image> images) {}

  private record Image(String path, double score, String picture) {}

  /**
   * An image that is held back, with its scores.
   *
   * @param sha256 of the file that has these scores
   */
  public record Entry(ImageRef image, ScreenedImage screened, String sha256) {}

  /**
   * Draws the visualizations.
   *
   * @param entries the farthest first
   * @param range of the scores that the colours span
   * @param white of the images
   * @return the files that are no longer what they were, whose visualization is not drawn
   */
  public List<FileOutcome> draw(List<Entry> entries, ScoreRange range, WhiteLevel white) {
    List<ReviewImage> visualizations = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      visualizations.add(
          new ReviewImage(
              entry.image(),
              entry.sha256(),
              entry.screened().map(),
              range,
              white,
              file(i, entry.screened())));
    }
    String target = folder;
    Broadcast<SerializableConfiguration> shared = run.configuration();
    return run.spark()
        .parallelize(
            visualizations, Math.min(visualizations.size(), run.spark().defaultParallelism()))
        .flatMap(image -> image.draw(target, shared.value().value()).stream().iterator())
        .collect();
  }

  private static String file(int rank, ScreenedImage image) {
    return Text.format(
        "pictures/%03d-%s.png", rank + 1, PlainName.like(stem(image.path()), STEM_BYTES));
  }

  /** Removes what was drawn. */
  public void remove() {
    Path path = new Path(folder);
    try {
      path.getFileSystem(run.hadoop()).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          Text.format("The review list %s cannot be removed: %s", folder, e.getMessage()), e);
    }
  }

  /**
   * Writes the lists.
   *
   * @param images that are held back, the farthest first
   */
  public List<HeldBack> write(BankManifest bank, RobustLimit limit, List<ScreenedImage> images) {
    List<HeldBack> heldBack = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      ScreenedImage image = images.get(i);
      heldBack.add(new HeldBack(image.path(), image.novelty(), file(i, image)));
    }
    try {
      ReportFiles files = new ReportFiles(folder, run.hadoop());
      files.write(CSV, csv(bank, limit, heldBack));
      files.write(JSON, json(bank, limit, heldBack));
    } catch (IOException e) {
      throw new UncheckedIOException(
          Text.format("The review list %s cannot be written: %s", folder, e.getMessage()), e);
    }
    return heldBack;
  }

  private static String csv(BankManifest bank, RobustLimit limit, List<HeldBack> heldBack) {
    StringBuilder csv = new StringBuilder("path,category,score,limit,picture\n");
    for (HeldBack image : heldBack) {
      csv.append(
          String.format(
              Locale.ROOT,
              "\"%s\",%s,%s,%s,%s%n",
              SpreadsheetText.cell(image.path()).replace("\"", "\"\""),
              CsvLine.of(bank.category()),
              image.novelty(),
              limit.value(),
              image.visualization()));
    }
    return csv.toString();
  }

  private static String json(BankManifest bank, RobustLimit limit, List<HeldBack> heldBack) {
    return Json.indented(
        new Document(
            bank.category(),
            bank.version(),
            NoveltyScore.DEFINITION,
            limit.value(),
            limit.median(),
            limit.deviation(),
            limit.deviations(),
            heldBack.stream()
                .map(image -> new Image(image.path(), image.novelty(), image.visualization()))
                .toList()));
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
