package io.nightjar.job.suggest;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.UnlabelledImages;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.job.drift.ScoreRun;
import io.nightjar.job.output.ParquetReport;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.CategoryDistribution;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.NoveltyScore;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the images of finished scoring runs of one bank. */
record ScoredImages(SparkSession session, StoredBank bank, Configuration configuration) {
  private static final Logger LOG = LoggerFactory.getLogger(ScoredImages.class);

  /** An image and the row of its scores. */
  private record Scored(String path, String sha256, float score, OptionalDouble pValue) {}

  /**
   * The images of a run, in the order of their paths; those whose file is no longer listed have no
   * address.
   *
   * @throws InvalidInputException if the run was not scored with this version of the bank
   */
  List<Candidate> of(ScoreRun run) {
    String category = bank.manifest().category();
    CategoryDistribution own =
        run.distributions().stream()
            .filter(found -> found.category().equals(category))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        Text.format(
                            "The run %s has no scores of %s, which %s is a bank of; name runs over"
                                + " its images.",
                            run.uri(), category, bank.location())));
    requireOfBank(run, own.basis());
    Map<String, AnomalyMap> maps = maps(run, category);
    Map<String, ImageRef> files = files(run, category);
    List<Candidate> images = new ArrayList<>();
    for (Scored scored : scores(run, category)) {
      AnomalyMap map = maps.get(scored.path());
      if (map == null) {
        throw new InvalidInputException(
            Text.format(
                "The run %s has no map of %s; its folder is not complete.",
                run.uri(), scored.path()));
      }
      ImageRef ref =
          files.getOrDefault(
              scored.path(),
              new ImageRef(category, Split.TEST, ImageRef.GOOD, scored.path(), "", ""));
      images.add(
          new Candidate(
              run.uri(),
              ref,
              scored.sha256(),
              scored.score(),
              scored.pValue(),
              map,
              NoveltyScore.of(map.values())));
    }
    return images;
  }

  private void requireOfBank(ScoreRun run, ScoreBasis basis) {
    if (!basis.bankSha256().equals(bank.sha256())) {
      throw new InvalidInputException(
          Text.format(
              "The run %s was scored with version %d of the bank %s, not with %s; score its images"
                  + " with this one, or name that version.",
              run.uri(), basis.version(), basis.bank(), bank.location()));
    }
    if (basis.neighbours() != 1) {
      throw new InvalidInputException(
          Text.format(
              "The run %s was scored with --neighbours %d, and the limits of the bank's own images"
                  + " are for 1; score its images with 1.",
              run.uri(), basis.neighbours()));
    }
  }

  private List<Scored> scores(ScoreRun run, String category) {
    List<Scored> scores = new ArrayList<>();
    for (Row row : rows(run, ParquetReport.SCORES, category)) {
      boolean isDecided = Arrays.asList(row.schema().fieldNames()).contains("p_value");
      scores.add(
          new Scored(
              row.getAs("path"),
              row.getAs("sha256"),
              row.getAs("image_score"),
              isDecided
                  ? OptionalDouble.of(row.<Double>getAs("p_value"))
                  : OptionalDouble.empty()));
    }
    return scores;
  }

  private Map<String, AnomalyMap> maps(ScoreRun run, String category) {
    Map<String, AnomalyMap> maps = new HashMap<>();
    for (Row row : rows(run, ParquetReport.MAPS, category)) {
      List<Float> values = row.getList(row.fieldIndex("map"));
      float[] map = new float[values.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = values.get(i);
      }
      maps.put(row.getAs("path"), new AnomalyMap(map, row.getAs("width"), row.getAs("height")));
    }
    return maps;
  }

  private List<Row> rows(ScoreRun run, String table, String category) {
    return session.read().parquet(run.uri() + "/" + table).collectAsList().stream()
        .filter(row -> row.<String>getAs("category").equals(category))
        .sorted(Comparator.comparing(row -> row.<String>getAs("path")))
        .toList();
  }

  /**
   * The files where the run read them, by their paths. Whether the run was given the category as
   * well, which decides what the paths begin with, is not recorded, so both are looked for.
   */
  private Map<String, ImageRef> files(ScoreRun run, String category) {
    String root = root(run);
    LayoutChoice layout = KnownLayouts.choose(LayoutChoice.AUTO);
    Map<String, ImageRef> files = new HashMap<>();
    for (Supplier<Catalogue> listing :
        List.<Supplier<Catalogue>>of(
            () -> UnlabelledImages.findOne(root, category, layout, configuration),
            () -> UnlabelledImages.find(root, List.of(category), layout, configuration))) {
      try {
        listing.get().categories().stream()
            .map(Category::test)
            .flatMap(List::stream)
            .forEach(image -> files.putIfAbsent(image.relativePath(), image));
      } catch (InvalidInputException e) {
        // Images that neither finds are counted as gone.
        LOG.info("The images of {} cannot be listed as one of two ways", run.uri(), e);
      }
    }
    return files;
  }

  private String root(ScoreRun run) {
    Path file = new Path(run.uri(), ReportFiles.RUN_JSON);
    try {
      byte[] content =
          BoundedFiles.read(PlainFiles.of(file, configuration), file, ReportFiles.LARGEST_DOCUMENT);
      return JsonDocument.parse(new String(content, StandardCharsets.UTF_8))
          .child("data")
          .text("root");
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The run %s cannot be read: %s", run.uri(), e);
    }
  }
}
