package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.io.Sha256;
import io.nightjar.testing.DefaultLocale;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures and files are the same where the default locale has other digits or decimal commas. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationInAnyLocaleTest {
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 64, 8);

  private SparkSession spark;
  private Path work;
  private Path data;
  private Path weights;
  private TinyEvaluation expected;

  @BeforeAll
  void evaluateInNoLanguage(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("resnet18.safetensors"));
    expected = evaluate("und");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "de-DE"})
  void theLocaleChangesNoFigureAndNoFile(String locale) throws IOException {
    assertThat(evaluate(locale)).isEqualTo(expected);
    assertThat(files(locale)).isEqualTo(files("und"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "de-DE"})
  void theFilesOfABankHaveLatinDigits(String locale) throws IOException {
    Path banks = work.resolve("banks-" + locale);
    BuildBanks build =
        new BuildBanks(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .banks(banks.toString())
            .options(TinyEvaluation.EMBED)
            .options(TinyEvaluation.FIT);

    assertThat(DefaultLocale.during(locale, build::execute).complete()).isTrue();

    try (Stream<Path> files = Files.walk(banks)) {
      assertThat(files.map(file -> banks.relativize(file).toString()))
          .contains("bottle/versions/1.json")
          .allMatch(name -> name.chars().allMatch(letter -> letter < 128));
    }
    assertThat(banks.resolve("bottle/bank.json")).content().isASCII();
  }

  private TinyEvaluation evaluate(String locale) {
    return DefaultLocale.during(
        locale,
        () -> {
          BackboneModel backbone =
              BackboneModel.load(SPEC, weights.toString(), Optional.empty(), new Configuration());
          EvaluateDataset evaluation =
              new EvaluateDataset(spark)
                  .data(data.toString())
                  .backbone(backbone)
                  .options(TinyEvaluation.options().visualizations(2).build());
          return TinyEvaluation.run(spark, evaluation, work.resolve(locale));
        });
  }

  /** What a run left, but the times and the tables, which are compared by their rows. */
  private Map<String, String> files(String locale) throws IOException {
    Path out = work.resolve(locale);
    Map<String, String> contents = new TreeMap<>();
    contents.put("metrics.json", withoutSeconds(Files.readString(out.resolve("metrics.json"))));
    contents.put(
        "metrics.csv",
        Files.readString(out.resolve("metrics.csv")).replaceAll(",[^,]*(?=\r\n)", ""));
    try (Stream<Path> images = Files.walk(out.resolve("pictures"))) {
      for (Path file : images.filter(Files::isRegularFile).toList()) {
        contents.put(out.relativize(file).toString(), Sha256.of(file));
      }
    }
    assertThat(out.resolve("report.html")).content().doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    // Spark numbers the files of its tables in the digits of the locale; run.json lists them.
    assertThat(Files.readString(out.resolve("run.json")).replaceAll("part-[^\"]*", ""))
        .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    return contents;
  }

  private static String withoutSeconds(String json) {
    return json.replaceAll("\"seconds\" : [-+.\\dE]+", "");
  }
}
