package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.PatchEmbedder;
import io.nightjar.bank.PatchKnn;
import io.nightjar.bank.PatchKnnModel;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.output.ParquetReport;
import io.nightjar.pca.PatchPca;
import io.nightjar.pca.PatchPcaModel;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From images to distances with Nightjar's stages in one Spark ML pipeline. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StagesInAPipelineTest {
  private static final String CATEGORY = "bottle";

  private Path work;
  private SparkSession spark;
  private PatchEmbedder embedder;
  private Dataset<Row> test;
  private PipelineModel fitted;
  private Map<String, List<Float>> distances;

  @BeforeAll
  void fit(@TempDir Path directory) throws IOException {
    work = directory;
    spark = Sparks.start("local[2]", Map.of());
    TinyDataset.generate(directory.resolve("data"));
    test = images("test");
    embedder =
        new PatchEmbedder()
            .setBackbone("resnet18")
            .setImageSize(64)
            .setGrid(8)
            .setWeights(
                TinyDataset.writeWeights(directory.resolve("resnet18.safetensors")).toString());
    PatchPca pca = new PatchPca().setInputCol("patches").setOutputCol("components");
    PatchKnn knn = new PatchKnn().setInputCol("components").setOutputCol("distances");
    fitted =
        new Pipeline().setStages(new PipelineStage[] {embedder, pca, knn}).fit(images("train"));
    distances = distances(fitted);
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  private Dataset<Row> images(String split) {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .load(work.resolve("data").resolve(CATEGORY).resolve(split).toString());
  }

  /** By the image's path within its category. */
  private Map<String, List<Float>> distances(PipelineModel model) {
    Map<String, List<Float>> byImage = new LinkedHashMap<>();
    for (Row row : model.transform(test).select("path", "distances").collectAsList()) {
      String path = row.getString(0);
      byImage.put(path.substring(path.indexOf(CATEGORY) + CATEGORY.length() + 1), row.getList(1));
    }
    return byImage;
  }

  @Test
  void eachStageGivesTheNextItsShape() {
    PatchPcaModel pca = (PatchPcaModel) fitted.stages()[1];
    PatchKnnModel knn = (PatchKnnModel) fitted.stages()[2];

    assertThat(pca.principalComponents().channels()).isEqualTo(64 + 128 + 256);
    assertThat(knn.memoryBank().dimension()).isEqualTo(pca.principalComponents().count());
    assertThat(knn.memoryBank().rows()).isEqualTo(64L * images("train").count());
  }

  @Test
  void savingAndLoadingChangesNoBit() throws IOException {
    String path = work.resolve("pipeline").toString();
    fitted.write().overwrite().save(path);

    assertThat(distances(PipelineModel.load(path))).isEqualTo(distances);
  }

  @Test
  void distancesAreTheMapsOfTheJob() {
    String out = work.resolve("run").toString();
    new EvaluateDataset(spark)
        .data(work.resolve("data").toString())
        .categories(List.of(CATEGORY))
        .backbone(embedder.backbone(spark))
        .options(EvaluationOptions.builder().build())
        .out(out)
        .execute();
    List<Row> maps =
        spark
            .read()
            .parquet(out + "/" + ParquetReport.MAPS)
            .select(functions.col("path"), functions.col("map"))
            .collectAsList();

    assertThat(maps).hasSameSizeAs(distances.keySet());
    double worst = 0;
    for (Row row : maps) {
      List<Float> expected = row.getList(1);
      List<Float> actual = distances.get(row.getString(0));
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        worst = Math.max(worst, Math.abs(actual.get(i) - expected.get(i)) / expected.get(i));
      }
    }
    // The job adds covariances in chunks of 32 images, the pipeline by partitions, in float32.
    assertThat(worst).isLessThan(1e-4);
  }
}
