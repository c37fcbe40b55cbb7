package io.nightjar.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.EvaluationReport;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A tiny data set, and evaluations of it with one bank of all categories. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UnifiedBankFixture {
  static final ObjectMapper JSON = new ObjectMapper();

  SparkSession spark;
  Path work;
  Path data;

  @BeforeAll
  void generate(@TempDir Path directory) {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    spark = Sparks.local(2);
  }

  static EvaluationOptions.Builder options() {
    return TinyEvaluation.options().scope(BankScope.UNIFIED);
  }

  EvaluateDataset evaluation(Path images, EvaluationOptions options) {
    return new EvaluateDataset(spark)
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .options(options);
  }

  EvaluationReport report(Path images, String out, EvaluationOptions.Builder options) {
    return evaluation(images, options.build()).out(work.resolve(out).toString()).execute().report();
  }

  BuildBanks.Result build(Path images, Path banks, EvaluationOptions.Builder options) {
    return new BuildBanks(spark)
        .data(images.toString())
        .backbone(TinyDataset.backbone())
        .banks(banks.toString())
        .options(options.build().bank())
        .options(options.build().run())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
  }

  TinyEvaluation oneCategory(String out, EvaluationOptions.Builder options) {
    return TinyEvaluation.run(
        spark, evaluation(data, options.build()).categories(List.of("bottle")), work.resolve(out));
  }

  JsonNode run(String out) throws IOException {
    return JSON.readTree(work.resolve(out).resolve("run.json").toFile());
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
