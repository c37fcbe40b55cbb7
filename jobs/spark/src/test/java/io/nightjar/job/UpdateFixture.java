package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A bank of the first images of a category, for each test to update. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UpdateFixture {
  static final Configuration CONFIGURATION = new Configuration();
  static final int FIRST = 11;
  static final int ALL = 16;
  SparkSession spark;
  Path work;
  Path all;
  Path first;
  Path built;
  Path banks;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    Path data = directory.resolve("data");
    DemoDataset.generate(
        data, new DemoDataset.Options(64, ALL, 1, 1, 7L), List.of("bottle", "carpet"));
    all = data.resolve("bottle/train/good");
    first = copy(all, "first", IntStream.range(0, FIRST));
    built = directory.resolve("built");
    new BuildBanks(spark)
        .data(first.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .banks(built.toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
  }

  /** Each test has the bank of the first images for itself. */
  @BeforeEach
  void copyTheBank(TestInfo test) throws IOException {
    banks = work.resolve("banks-" + test.getTestMethod().orElseThrow().getName());
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : files.toList()) {
        Files.copy(file, banks.resolve(built.relativize(file).toString()));
      }
    }
  }

  UpdateBanks update() {
    return new UpdateBanks(spark)
        .banks(banks.resolve("bottle").toString())
        .backbone(TinyDataset.backbone())
        .refit(Refit.NEVER)
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT);
  }

  UpdatedBank only(UpdateBanks update) {
    UpdateBanks.Result result = update.execute();
    assertThat(result.failed()).isEmpty();
    return result.updated().get(0);
  }

  StoredBank bank() {
    return open(banks.resolve("bottle"));
  }

  static StoredBank open(Path folder) {
    return StoredBank.open(BankLocation.current(folder.toString()), CONFIGURATION);
  }

  static Map<String, ImageRows> rows(StoredBank bank) {
    Map<String, ImageRows> rows = new HashMap<>();
    for (WrittenRows file : bank.rowFiles()) {
      RowFiles.read(
              bank.location().uri(),
              file.file(),
              file.images(),
              bank.manifest().dimension(),
              CONFIGURATION)
          .forEach(image -> rows.put(image.path(), image));
    }
    return rows;
  }

  Path copy(Path from, String name, IntStream numbers) throws IOException {
    Path folder = Files.createDirectories(work.resolve(name));
    for (int number : numbers.toArray()) {
      String file = Text.format("%03d.png", number);
      Files.copy(from.resolve(file), folder.resolve(file));
    }
    return folder;
  }

  static void assertRefused(UpdateBanks update, String words) {
    assertThatThrownBy(update::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }
}
