package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.io.PlainFiles;
import io.nightjar.testing.Repository;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the cells of the notebook on banks in Spark's REPL, one after the other, with all that they
 * read and write in one kind of storage.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BanksNotebookCases {
  private static final int NORMAL = 10;
  private static final int BASELINE = 4;
  private static final int NEW = 3;

  private final StringBuilder printed = new StringBuilder();
  private Configuration configuration;
  private String out;
  private String banks;
  private int imagesOfTheDay;
  private String foreign;
  private Map<String, Float> baseline;
  private Map<String, Float> before;
  private Map<String, Float> after;

  /**
   * Makes the storage ready.
   *
   * @param directory for its files
   * @return what Hadoop needs to know to reach it
   */
  abstract Map<String, String> start(Path directory) throws IOException;

  /** A location in the storage. */
  abstract String uri(String name);

  @BeforeAll
  void runNotebook(@TempDir Path directory) throws IOException {
    configuration = new Configuration();
    Map<String, String> properties = new HashMap<>();
    start(Files.createDirectories(directory.resolve("storage")))
        .forEach(
            (name, value) -> {
              configuration.set(name, value);
              properties.put("spark.hadoop." + name, value);
            });
    out = uri("out");
    banks = uri("banks");
    Map<String, String> parameters = new HashMap<>(images(directory));
    parameters.put("category", "bottle");
    parameters.put(
        "weights", stored(TinyDataset.writeWeights(directory.resolve("resnet18.safetensors"))));
    parameters.put("backbone", "resnet18");
    parameters.put("image_size", "64");
    parameters.put("grid", "8");
    parameters.put("banks", banks);
    parameters.put("out", out);
    parameters.forEach((name, value) -> properties.put("spark.nightjar." + name, value));
    try (ScalaRepl repl = new ScalaRepl("local[2]", properties)) {
      for (String cell : NotebookCells.scala(Repository.file("notebooks/02-banks.scala"))) {
        printed.append(repl.run(cell));
      }
      baseline = scores(repl.spark(), "baseline");
      before = scores(repl.spark(), "today");
      after = scores(repl.spark(), "today-updated");
    }
  }

  /** Normal images, others, a day with defects, and new ones: one known, one of other products. */
  private Map<String, String> images(Path directory) throws IOException {
    Path drawn = directory.resolve("drawn");
    DemoDataset.generate(
        drawn,
        new DemoDataset.Options(64, NORMAL + BASELINE + NEW, 3, 1, 5L),
        List.of("bottle", "carpet"));
    List<Path> good = files(drawn.resolve("bottle/train/good"));
    copy(good.subList(0, NORMAL), directory.resolve("normal"));
    copy(good.subList(NORMAL, NORMAL + BASELINE), directory.resolve("baseline"));
    Path fresh = directory.resolve("fresh");
    copy(good.subList(NORMAL + BASELINE, NORMAL + BASELINE + NEW), fresh);
    Files.copy(good.get(0), fresh.resolve("known.png"));
    foreign = "foreign.png";
    Files.copy(files(drawn.resolve("carpet/train/good")).get(0), fresh.resolve(foreign));
    Path today = Files.createDirectories(directory.resolve("today"));
    for (Path image : files(drawn.resolve("bottle/test"))) {
      Files.copy(image, today.resolve(image.getParent().getFileName() + "-" + image.getFileName()));
    }
    imagesOfTheDay = files(today).size();
    return Map.of(
        "normal", stored(directory.resolve("normal")),
        "baseline", stored(directory.resolve("baseline")),
        "today", stored(today),
        "fresh", stored(fresh));
  }

  /** Brings a file or folder into the storage. */
  private String stored(Path local) throws IOException {
    org.apache.hadoop.fs.Path to =
        new org.apache.hadoop.fs.Path(uri(local.getFileName().toString()));
    PlainFiles.of(to, configuration)
        .copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), to);
    return to.toString();
  }

  private FileStatus[] list(String folder) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder);
    return PlainFiles.of(path, configuration).listStatus(path);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void copy(List<Path> files, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
  }

  private Map<String, Float> scores(SparkSession spark, String run) {
    Map<String, Float> scores = new HashMap<>();
    for (Row row : spark.read().parquet(out + "/" + run + "/scores").collectAsList()) {
      scores.put(row.getAs("path"), row.getAs("image_score"));
    }
    return scores;
  }

  @Test
  void theBankHoldsTheNormalImagesAndItsFilesAreVerified() {
    assertThat(printed)
        .contains("bottle@1: ")
        .contains(NORMAL + " images, ")
        .contains("all files verified")
        .contains("beyond the limit");
  }

  @Test
  void everyImageOfTheDayIsScoredAndThoseAboveTheOthersAreCounted() throws IOException {
    float highest = baseline.values().stream().max(Float::compare).orElseThrow();
    long alarms = before.values().stream().filter(score -> score > highest).count();

    assertThat(baseline).hasSize(BASELINE);
    assertThat(before).hasSize(imagesOfTheDay);
    assertThat(printed)
        .contains(
            alarms
                + " of "
                + before.size()
                + " images score above "
                + highest
                + ", the highest of "
                + BASELINE
                + " other normal images");
    assertThat(list(out + "/today/pictures")).isNotEmpty();
  }

  @Test
  void driftIsReportedForBothDistances() throws IOException {
    assertThat(list(out + "/drift/drift.json"))
        .singleElement()
        .extracting(FileStatus::getLen)
        .satisfies(length -> assertThat(length).isPositive());
    assertThat(printed).containsPattern("\\|bottle +\\|largest *\\|" + before.size() + " ");
    assertThat(printed).containsPattern("\\|bottle +\\|mean *\\|" + before.size() + " ");
    assertThat(printed).containsPattern("The scores have (not )?drifted");
  }

  @Test
  void theUpdateAddsWhatIsNewAndHoldsBackWhatIsUnlike() throws IOException {
    assertThat(printed)
        .contains("bottle@2: " + NEW + " images added, 0 removed, 1 held back")
        .contains("1 duplicates")
        .contains("held back: " + foreign);
    assertThat(list(banks + "/bottle/versions"))
        .extracting(file -> file.getPath().getName())
        .contains("1.json", "2.json");
  }

  @Test
  void bothVersionsScoreTheDay() {
    double change =
        before.entrySet().stream()
            .mapToDouble(score -> after.get(score.getKey()) - score.getValue())
            .average()
            .orElseThrow();

    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(mean()).isCloseTo(change, within(1e-5));
  }

  private double mean() {
    String after = "mean change of the scores: ";
    int start = printed.indexOf(after) + after.length();
    return Double.parseDouble(printed.substring(start).lines().findFirst().orElseThrow());
  }
}
