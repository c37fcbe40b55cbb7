package io.nightjar.job.guard;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.result.HeldBack;
import io.nightjar.json.Json;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.score.NoveltyScore;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The images that a guard held back, for a person to look at: {@code review.csv}, {@code
 * review.json} and a picture of each, those farthest from the bank first.
 */
public record ReviewList(
    JavaSparkContext spark, String folder, Broadcast<SerializableConfiguration> configuration) {
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

  /** A held image with what is known of it. */
  public record Entry(ImageRef image, ScreenedImage judged) {}

  /**
   * Draws the pictures and writes the lists.
   *
   * @param entries the farthest first
   * @param range of the scores that the pictures' colours span
   */
  public List<HeldBack> write(
      BankManifest bank, RobustLimit limit, List<Entry> entries, ScoreRange range) {
    List<HeldBack> held = new ArrayList<>();
    List<ReviewImage> pictures = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      String picture = Text.format("pictures/%03d-%s.png", i + 1, stem(entry.judged().path()));
      pictures.add(new ReviewImage(entry.image(), entry.judged().map(), range, picture));
      held.add(new HeldBack(entry.judged().path(), entry.judged().novelty(), picture));
    }
    draw(pictures);
    try {
      ReportFiles files = new ReportFiles(folder, configuration.value().value());
      files.write(CSV, csv(bank, limit, held));
      files.write(JSON, json(bank, limit, held));
    } catch (IOException e) {
      throw new UncheckedIOException(
          Text.format("The review list %s cannot be written: %s", folder, e.getMessage()), e);
    }
    return held;
  }

  private void draw(List<ReviewImage> pictures) {
    String target = folder;
    Broadcast<SerializableConfiguration> shared = configuration;
    spark
        .parallelize(pictures, Math.min(pictures.size(), spark.defaultParallelism()))
        .foreach(picture -> picture.draw(target, shared.value().value()));
  }

  private static String csv(BankManifest bank, RobustLimit limit, List<HeldBack> held) {
    StringBuilder csv = new StringBuilder("path,category,score,limit,picture\n");
    for (HeldBack image : held) {
      csv.append(
          String.format(
              Locale.ROOT,
              "\"%s\",%s,%s,%s,%s%n",
              image.path().replace("\"", "\"\""),
              bank.category(),
              image.novelty(),
              limit.value(),
              image.picture()));
    }
    return csv.toString();
  }

  private static String json(BankManifest bank, RobustLimit limit, List<HeldBack> held) {
    return Json.indented(
        new Document(
            bank.category(),
            bank.version(),
            NoveltyScore.DEFINITION,
            limit.value(),
            limit.median(),
            limit.deviation(),
            limit.deviations(),
            held.stream()
                .map(image -> new Image(image.path(), image.novelty(), image.picture()))
                .toList()));
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
