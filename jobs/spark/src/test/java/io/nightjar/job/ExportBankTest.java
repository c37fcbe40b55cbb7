package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SavedWeights;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.error.InvalidInputException;
import io.nightjar.export.ExportRun;
import io.nightjar.export.RowPrecision;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoredFile;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file gives what a scoring run with its bank gives, in ONNX Runtime alone. */
@Tag("slow")
class ExportBankTest extends UpdateFixture {
  private static final double RATE = 0.25;

  private ExportBank export(String name) {
    return new ExportBank(CONFIGURATION)
        .bank(banks.resolve("bottle").toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(name).toString());
  }

  private CategoryScores score(String out, MapOptions map, int neighbours, DecisionRates rates) {
    return new ScoreImages(spark)
        .bank(banks.resolve("bottle").toString())
        .data(all.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString())
        .options(map)
        .options(SearchOptions.DEFAULT.withNeighbours(neighbours))
        .options(rates)
        .options(TinyEvaluation.EMBED)
        .execute()
        .report()
        .categories()
        .get(0);
  }

  /** The images of the bank itself and five others. */
  @Test
  void scoresPValuesAndVerdictsAreThoseOfAScoringRun() throws Exception {
    MapOptions map = new MapOptions(3, ImageScoreKind.TOP3);
    CategoryScores scores =
        score(
            "scored",
            map,
            1,
            new DecisionRates(
                OptionalDouble.of(RATE), OptionalDouble.empty(), OptionalDouble.empty()));

    ExportBank.Result result = export("bottle.onnx").options(map).falseAlarmRate(RATE).execute();

    assertThat(result.withoutPValue()).isEmpty();
    assertThat(result.calibrationImages()).isEqualTo(FIRST);
    assertThat(result.files().data()).isEmpty();
    List<ImageDecision> decisions = scores.decision().orElseThrow().images();
    Map<String, float[]> maps = maps("scored");
    try (ExportRun run = ExportRun.of(work.resolve("bottle.onnx"))) {
      for (int i = 0; i < ALL; i++) {
        ScoredFile file = scores.images().get(i);
        Map<String, Object> outputs = run.outputs(image(file.path()));
        for (ImageScoreKind kind : ImageScoreKind.values()) {
          assertThat(ExportRun.floats(outputs, kind.column())[0])
              .isCloseTo(file.imageScores().of(kind), tolerance(scores));
        }
        assertThat(ExportRun.floats(outputs, "image_score")[0])
            .isCloseTo(file.imageScores().top3(), tolerance(scores));
        assertThat(ExportRun.floats(outputs, "distances"))
            .containsExactly(maps.get(file.path()), tolerance(scores));
        assertThat(ExportRun.floats(outputs, "p_value"))
            .containsExactly((float) decisions.get(i).pValue());
        assertThat(outputs.get("anomalous")).isEqualTo(decisions.get(i).anomalous());
      }
    }
    assertThat(Files.readString(work.resolve("bottle.card.md")))
        .contains(
            bank().sha256(),
            bank().manifest().backbone().weightsSha256(),
            "the scores of 11 images of the bank",
            "| false alarm rate | 0.25 |");
  }

  /**
   * A patch of the bank itself is at distance 0 where the same engine has computed both; another
   * one rounds the network otherwise. So this is of the scale of distances, not of each.
   */
  private static Offset<Float> tolerance(CategoryScores scores) {
    double largest = scores.images().stream().mapToDouble(ScoredFile::mapMax).max().orElseThrow();
    return within((float) (1e-5 * largest));
  }

  private Map<String, float[]> maps(String run) {
    Map<String, float[]> maps = new HashMap<>();
    for (Row row :
        spark.read().parquet(work.resolve(run) + "/maps").select("path", "map").collectAsList()) {
      List<Float> values = row.getList(1);
      float[] map = new float[values.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = values.get(i);
      }
      maps.put(row.getString(0), map);
    }
    return maps;
  }

  private RgbImage image(String path) throws Exception {
    return ImageDecoder.decode(Files.readAllBytes(all.resolve(path)), path);
  }

  @Test
  void severalNeighboursAreAveragedAndHaveNoPValue() throws Exception {
    CategoryScores scores = score("three", MapOptions.DEFAULT, 3, DecisionRates.NONE);

    ExportBank.Result result =
        export("three.onnx").neighbours(3).precision(RowPrecision.FP16).execute();

    assertThat(result.withoutPValue().orElseThrow()).contains("--neighbours is 3");
    assertThat(result.files().largestLoss()).isPositive();
    ScoredFile file = scores.images().get(ALL - 1);
    try (ExportRun run = ExportRun.of(work.resolve("three.onnx"))) {
      Map<String, Object> outputs = run.outputs(image(file.path()));

      assertThat((double) ExportRun.floats(outputs, "image_score")[0])
          .isCloseTo(
              file.imageScores().max(),
              within(result.files().largestLoss() + 1e-4 * file.mapMax()));
      assertThat(outputs).doesNotContainKey("p_value");
    }
    assertRefused(
        export("four.onnx").neighbours(4).falseAlarmRate(RATE), "--neighbours is 4", "need 1");
    assertRefused(export("many.onnx").neighbours(11 * 64 + 1), "k from 1 to 704");
  }

  @Test
  void aBankWithoutCalibrationIsExportedWithoutPValueUnlessARateIsAskedFor() throws IOException {
    Files.delete(banks.resolve("bottle/reference-scores/1.json"));

    ExportBank.Result result = export("plain.onnx").execute();

    String sentence = "add it with nightjar inspect-bank --contamination --bank ";
    assertThat(result.withoutPValue().orElseThrow()).contains(sentence);
    assertThat(result.calibrationImages()).isZero();
    assertThat(Files.readString(work.resolve("plain.card.md"))).contains("no p-value");
    assertRefused(export("rate.onnx").falseAlarmRate(RATE), sentence);
    assertThat(work.resolve("rate.onnx")).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenAsAskedIsRefused() throws IOException {
    assertRefused(export("rate.onnx").falseAlarmRate(0.05), "at least 0.083334");
    assertRefused(export("rate.onnx").falseAlarmRate(1.5), "--false-alarm-rate is 1.5");
    assertRefused(
        export("smooth.onnx").options(new MapOptions(17)), "a quarter of the image size, 16");
    assertRefused(export("none.onnx").neighbours(0), "--neighbours is 0");
    assertRefused(
        export("unused").out(banks.resolve("bottle/model.onnx").toString()), "lies in --bank");
    assertRefused(export("none.onnx").bank(banks.toString()), "There is no bank in", "bank.json");
    Files.writeString(work.resolve("there.onnx"), "of a person");
    assertRefused(export("there.onnx"), "is there already", "--overwrite");
    export("there.onnx").overwrite(true).execute();
    assertThat(Files.size(work.resolve("there.onnx"))).isGreaterThan(1_000_000);
  }

  @Test
  void theWeightsAreThoseOfTheBank() throws IOException {
    ExportBank unknown =
        new ExportBank(CONFIGURATION)
            .bank(banks.resolve("bottle").toString())
            .out(work.resolve("weights.onnx").toString());
    assertRefused(unknown, "cannot be read from where they came from", "--weights");
    Path weights = TinyDataset.writeWeights(work.resolve("other.safetensors"));
    assertRefused(unknown.weights(weights.toString(), Optional.empty()), "does not fit", "SHA-256");
    assertRefused(unknown.out(weights.toString()), "--weights " + weights);
  }

  @Test
  void weightsOfSeveralNetworksAreNamedBetweenCommas() throws IOException {
    List<String> files = new ArrayList<>();
    for (long seed = 21; seed < 23; seed++) {
      Path file = work.resolve("network-" + seed + ".safetensors");
      files.add(
          SavedWeights.safetensors(SeededWeights.of(Architecture.RESNET18, seed), file).toString());
    }
    String both = String.join(",", files);
    EmbeddingSpec spec =
        TinyDataset.backbone()
            .spec()
            .withArchitectures(List.of(Architecture.RESNET18, Architecture.RESNET18));
    new BuildBanks(spark)
        .data(first.toString())
        .categories(List.of("bottle"))
        .backbone(BackboneModel.load(spec, both, Optional.empty(), CONFIGURATION))
        .banks(work.resolve("several").toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();

    ofSeveral("by-bank.onnx").execute();
    ofSeveral("named.onnx").weights(both, Optional.empty()).execute();

    assertThat(work.resolve("named.onnx")).hasSameBinaryContentAs(work.resolve("by-bank.onnx"));
    assertRefused(
        ofSeveral("one.onnx").weights(files.get(0), Optional.empty()),
        "--weights names 1 value",
        "2 networks");
    assertRefused(ofSeveral("x.onnx").out(files.get(1)), "the bank's weights");
  }

  private ExportBank ofSeveral(String name) {
    return new ExportBank(CONFIGURATION)
        .bank(work.resolve("several/bottle").toString())
        .out(work.resolve(name).toString());
  }

  private static void assertRefused(ExportBank export, String... words) {
    assertThatThrownBy(export::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }
}
