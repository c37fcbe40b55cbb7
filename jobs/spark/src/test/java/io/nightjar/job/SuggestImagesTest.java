package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.Suggestion;
import io.nightjar.job.result.Suggestions;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bank of some images of a category, and a run over others. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuggestImagesTest {
  private static final int PATCHES = 64;

  /** The guard of the tests: none of so few images lies near it. */
  private static final double WIDE = 50;

  private SparkSession spark;
  private Path work;
  private Path bank;
  private Path others;
  private Path scores;
  private BackboneSource network;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    Path data = directory.resolve("data");
    DemoDataset.generate(data, new DemoDataset.Options(64, 16, 1, 1, 7L), List.of("bottle"));
    Path all = data.resolve("bottle/train/good");
    others = Files.createDirectories(directory.resolve("others"));
    for (int i = 8; i < 16; i++) {
      String name = Text.format("%03d.png", i);
      Files.move(all.resolve(name), others.resolve(name));
    }
    network =
        new BackboneSource(
            TinyDataset.backbone().spec(),
            TinyDataset.writeWeights(directory.resolve("w.safetensors")).toString(),
            Optional.empty());
    new BuildBanks(spark)
        .data(all.toString())
        .categories(List.of("bottle"))
        .backbone(network)
        .banks(directory.resolve("banks").toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
    bank = directory.resolve("banks/bottle");
    scores = score("scores");
  }

  private Path score(String out) {
    new ScoreImages(spark)
        .bank(bank.toString())
        .data(others.toString())
        .backbone(network)
        .out(work.resolve(out).toString())
        .options(TinyEvaluation.EMBED)
        .execute();
    return work.resolve(out);
  }

  private SuggestImages suggestion(String out) {
    return new SuggestImages(spark)
        .bank(bank.toString())
        .runs(List.of(scores.toString()))
        .guard(WIDE)
        .out(work.resolve(out).toString())
        .options(TinyEvaluation.EMBED);
  }

  @Test
  void imagesAreThoseOfBruteForce() throws IOException, UnreadableFileException {
    Suggestions found = suggestion("found").budget(3).execute();

    StoredBank stored = StoredBank.open(BankLocation.parse(bank.toString()), new Configuration());
    double median = median(stored);
    Map<String, float[]> rows = rows(stored);
    MemoryBank own = stored.memoryBank();
    List<float[]> known = new ArrayList<>(own.blocks());
    List<String> left = new ArrayList<>(rows.keySet());
    left.removeIf(path -> novelty(rows.get(path), known, stored) <= median);
    assertThat(found.counts().candidates()).isEqualTo(left.size());
    assertThat(found.counts().ordinary()).isEqualTo(8 - left.size());
    assertThat(found.counts().scored()).isEqualTo(8);
    Map<String, Integer> highest = new TreeMap<>();
    left.forEach(path -> highest.put(path, highest(rows.get(path), known, stored)));
    List<String> expected = new ArrayList<>();
    List<Double> remaining = new ArrayList<>();
    while (expected.size() < 3 && !left.isEmpty()) {
      // Of 64 patches, the 1 % that are highest are one, which stays the same.
      String next =
          left.stream()
              .max(
                  Comparator.comparingDouble(
                      path -> distance(rows.get(path), highest.get(path), known, stored)))
              .orElseThrow();
      double novelty = distance(rows.get(next), highest.get(next), known, stored);
      if (novelty <= median) {
        break;
      }
      expected.add(next);
      remaining.add(novelty);
      known.add(rows.get(next));
      left.remove(next);
    }
    assertThat(found.images()).extracting(Suggestion::path).containsExactlyElementsOf(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.images().get(i).remaining())
          .isEqualTo(remaining.get(i), within(1e-4 * remaining.get(i)));
    }
    assertThat(found.images()).isNotEmpty();
    assertThat(Files.readString(work.resolve("found/suggest.csv"))).contains(expected.get(0));
    assertThat(work.resolve("found/suggest.json")).isRegularFile();
  }

  /** The rows of each image of the run. */
  private Map<String, float[]> rows(StoredBank stored) throws IOException, UnreadableFileException {
    Map<String, float[]> rows = new TreeMap<>();
    for (int i = 8; i < 16; i++) {
      String name = Text.format("%03d.png", i);
      float[] patches =
          Embedders.forTask(TinyDataset.backbone(), DeviceRequest.CPU, 1)
              .embed(List.of(ImageDecoder.decode(Files.readAllBytes(others.resolve(name)), name)));
      rows.put(name, stored.reduction().project(patches, PATCHES));
    }
    return rows;
  }

  private static double median(StoredBank stored) {
    double[] sorted =
        ReferenceScores.find(stored.location(), new Configuration()).orElseThrow().images().stream()
            .mapToDouble(ReferenceScores.Image::novelty)
            .sorted()
            .toArray();
    assertThat(sorted).hasSize(8);
    return (sorted[3] + sorted[4]) / 2;
  }

  private static double novelty(float[] image, List<float[]> known, StoredBank stored) {
    return distance(image, highest(image, known, stored), known, stored);
  }

  private static int highest(float[] image, List<float[]> known, StoredBank stored) {
    return IntStream.range(0, PATCHES)
        .boxed()
        .max(Comparator.comparingDouble(patch -> distance(image, patch, known, stored)))
        .orElseThrow();
  }

  private static double distance(float[] image, int patch, List<float[]> known, StoredBank stored) {
    int dimension = stored.manifest().dimension();
    double nearest = Double.POSITIVE_INFINITY;
    for (float[] block : known) {
      for (int row = 0; row < block.length; row += dimension) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
          double difference = (double) image[patch * dimension + i] - block[row + i];
          sum += difference * difference;
        }
        nearest = Math.min(nearest, sum);
      }
    }
    return Math.sqrt(nearest);
  }

  @Test
  void theListIsWhatAnUpdateAddsAfterWhichTheRunIsOfAnotherVersion() {
    Suggestions found = suggestion("list").budget(2).execute();

    UpdateBanks.Result updated =
        new UpdateBanks(spark)
            .banks(copy("updated").toString())
            .data(work.resolve("list/suggest.csv").toString())
            .backbone(network)
            .refit(Refit.NEVER)
            .options(TinyEvaluation.EMBED)
            .options(TinyEvaluation.FIT)
            .execute();

    assertThat(updated.failed()).isEmpty();
    assertThat(updated.updated().get(0).added())
        .containsExactlyInAnyOrderElementsOf(found.images().stream().map(Suggestion::uri).toList());
    assertRefused(
        suggestion("later").budget(1).bank(work.resolve("updated").toString()),
        "was scored with version 1 of the bank");
  }

  private Path copy(String name) {
    Path copy = work.resolve(name);
    try (Stream<Path> files = Files.walk(bank)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(bank.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  @Test
  void aBudgetBeyondTheCandidatesTakesAll() {
    Suggestions found =
        suggestion("all").budget(100).runs(List.of(scores.toString(), scores.toString())).execute();

    assertThat(found.images().size()).isLessThanOrEqualTo(8);
    assertThat(found.counts().duplicates()).isZero();
    assertThat(found.sentence()).contains("The budget is 100;");
  }

  @Test
  void whatCannotBeUsedIsRefused() throws IOException {
    assertRefused(suggestion("a").budget(0), "The option --budget is 0");
    assertRefused(suggestion("a").budget(1).guard(0), "The option --guard is 0.0");
    assertRefused(suggestion("a").budget(1).runs(List.of(others.toString())), "no finished run");
    Files.move(others, work.resolve("elsewhere"));
    try {
      assertRefused(suggestion("a").budget(1), "is where its run read it");
    } finally {
      Files.move(work.resolve("elsewhere"), others);
    }
    assertThat(work.resolve("a")).doesNotExist();
  }

  private static void assertRefused(SuggestImages suggestion, String words) {
    assertThatThrownBy(suggestion::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }
}
