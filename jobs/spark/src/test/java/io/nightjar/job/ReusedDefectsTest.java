package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.json.JsonDocument;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defects with saturation areas, in runs that take counts from a store and in runs that do not. */
@Tag("slow")
class ReusedDefectsTest {
  private static final String CATEGORY = "pins";

  private final SparkSession spark = Sparks.local(2);
  @TempDir private Path work;
  private Path data;

  /** In the layout of MVTec LOCO AD: each mask one defect, half of which is enough. */
  private void dataSet() throws IOException {
    Path bottle = TinyDataset.generate(work.resolve("tiny")).resolve("bottle");
    data = work.resolve("loco");
    List<Path> train = files(bottle.resolve("train/good"));
    for (int i = 0; i < train.size(); i++) {
      copy(train.get(i), "train/good/" + i + ".png");
    }
    List<Path> good = files(bottle.resolve("test/good"));
    for (int i = 0; i < good.size(); i++) {
      copy(good.get(i), "test/good/" + i + ".png");
    }
    int defective = 0;
    for (String kind : List.of("broken_large", "broken_small", "contamination")) {
      for (Path image : files(bottle.resolve("test/" + kind))) {
        String stem = image.getFileName().toString().replace(".png", "");
        copy(image, "test/logical_anomalies/" + defective + ".png");
        copy(
            bottle.resolve("ground_truth/" + kind + "/" + stem + "_mask.png"),
            "ground_truth/logical_anomalies/" + defective++ + "/000.png");
      }
    }
    Files.writeString(
        data.resolve(CATEGORY + "/defects_config.json"),
        """
        [{"defect_name": "any", "pixel_value": 255, "saturation_threshold": 0.5,
          "relative_saturation": true}]
        """);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  private void copy(Path from, String to) throws IOException {
    Path file = data.resolve(CATEGORY).resolve(to);
    Files.createDirectories(file.getParent());
    Files.copy(from, file);
  }

  private CategoryResult run(String out, Optional<Path> store) {
    EvaluateDataset evaluation =
        new EvaluateDataset(spark)
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .options(TinyEvaluation.options().build())
            .out(work.resolve(out).toString());
    store.ifPresent(folder -> evaluation.reuse(folder.toString()));
    return evaluation.execute().report().categories().get(0);
  }

  private CategorySample sample(String out) throws IOException {
    return new ReportFiles(work.resolve(out).toString(), new Configuration())
        .readSample(CATEGORY)
        .orElseThrow();
  }

  @Test
  void countsFromTheStoreKeepThem() throws IOException {
    dataSet();
    Path store = work.resolve("store");
    run("first", Optional.of(store));
    copy(files(work.resolve("tiny/carpet/test/good")).get(0), "test/good/new.png");

    CategoryResult grown = run("grown", Optional.of(store));

    Object reuse =
        ((Map<?, ?>)
                JsonDocument.parse(Files.readString(work.resolve("grown/run.json")))
                    .child("reuse")
                    .values()
                    .get("by_category"))
            .get(CATEGORY);
    assertThat((Map<?, ?>) reuse).extracting("images_computed").isEqualTo(1);
    assertThat((Map<?, ?>) reuse).extracting("images_counted").isEqualTo(5);
    assertThat(run("fresh", Optional.empty()).metrics()).isEqualTo(grown.metrics());
    assertThat(sample("grown")).isEqualTo(sample("fresh"));
    assertThat(sample("grown").images())
        .filteredOn(image -> image.defective())
        .hasSize(3)
        .allSatisfy(
            image -> {
              assertThat(image.defects()).hasSize(1);
              assertThat(image.defects().get(0).total())
                  .isEqualTo(Math.max(1, image.positives() / 2));
            });
    CategorySample sample = sample("grown");
    assertThat(
            new ResampledFigures(sample, sample.images()).ofAll()[SampleFigure.AU_SPRO_30.index()])
        .isCloseTo(
            grown.metrics().saturated().orElseThrow().auSpro30().getAsDouble(), within(1e-3));
    // Where nothing changed, figures and samples come from the store as they are.
    run("again", Optional.of(store));
    assertThat(sample("again")).isEqualTo(sample("fresh"));
  }
}
