package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.PatchEmbedder;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.bank.PatchKnn;
import io.nightjar.bank.PatchKnnModel;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.pca.PatchPca;
import io.nightjar.pca.PatchPcaModel;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.testing.DefaultLocale;
import io.nightjar.testing.Repository;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pipelines of all three stages and banks that every line of Spark saved load in this one, and give
 * the same bits. Their network has the weights {@code random:7}, and they were made from the same
 * drawn images by {@code mvn -Pspark-LINE … -Dtest=GoldenExchangeTest -Dnightjar.golden=LINE},
 * which writes them again.
 */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenExchangeTest {
  private static final String FOLDER =
      "jobs/spark/src/test/resources/io/nightjar/job/golden-exchange";
  private static final String[] LINES = {"3.5", "3.5-scala-2.13", "4.0", "4.2"};
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1), 32, 4);

  private SparkSession spark;
  private BackboneModel backbone;
  private Path data;
  private Path work;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    spark = Sparks.local(2);
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    backbone = BackboneModel.build(SPEC, SeededWeights.of(SPEC.architecture(), 7));
    String line = System.getProperty("nightjar.golden", "");
    if (!line.isEmpty()) {
      save(Repository.file(FOLDER).resolve(line));
    }
  }

  @Test
  void savedPipelinesGiveTheSameDistances() {
    List<List<Row>> answers = new ArrayList<>();
    for (String line : LINES) {
      PipelineModel pipeline = pipeline(line);

      assertThat(pipeline.stages())
          .as(line)
          .hasExactlyElementsOfTypes(PatchEmbedder.class, PatchPcaModel.class, PatchKnnModel.class);
      answers.add(distances(pipeline));
    }

    assertThat(answers.get(0)).hasSize(3).allSatisfy(row -> assertThat(row.getList(1)).hasSize(16));
    assertThat(answers).allSatisfy(each -> assertThat(each).isEqualTo(answers.get(0)));
  }

  @Test
  void whatThisLineSavesIsWhatTheOthersSaved() {
    Path own = work.resolve("own-pipeline");
    DefaultLocale.during("und", () -> save(fit(), own));
    List<Row> here = distances(load(own));
    List<Row> stored = distances(pipeline(LINES[0]));

    assertThat(here).hasSameSizeAs(stored);
    for (int i = 0; i < here.size(); i++) {
      List<Float> expected = stored.get(i).getList(1);
      List<Float> found = here.get(i).getList(1);
      for (int patch = 0; patch < expected.size(); patch++) {
        // Processors of other kinds round differently.
        assertThat(found.get(patch)).isCloseTo(expected.get(patch), within(1e-3f));
      }
    }
  }

  @Test
  void storedBanksHaveTheSameBits() {
    StoredBank first = bank(LINES[0]);
    PrincipalComponents components = first.reduction().branches().get(0);
    MemoryBank rows = first.memoryBank();
    assertThat(rows.rows()).isEqualTo(9 * 16);

    for (String line : LINES) {
      StoredBank other = bank(line);
      assertThat(other.reduction().branches().get(0).basis())
          .as(line)
          .isEqualTo(components.basis());
      assertThat(other.reduction().branches().get(0).mean()).as(line).isEqualTo(components.mean());
      assertThat(other.memoryBank().blocks().toArray(float[][]::new))
          .as(line)
          .isDeepEqualTo(rows.blocks().toArray(float[][]::new));
    }
  }

  @Test
  void storedBanksGiveTheSameScores() {
    List<List<String>> scores = Stream.of(LINES).map(this::scores).toList();

    assertThat(scores.get(0)).isNotEmpty().allMatch(row -> row.contains("\"image_score\":"));
    assertThat(scores).allSatisfy(each -> assertThat(each).isEqualTo(scores.get(0)));
  }

  private List<String> scores(String line) {
    Path out = work.resolve("scored-" + line);
    new ScoreImages(spark)
        .bank(golden(line).resolve("banks/bottle").toString())
        .data(data.resolve("bottle/test/good").toString())
        .backbone(backbone)
        .out(out.toString())
        .options(TinyEvaluation.EMBED)
        .execute();
    return spark
        .read()
        .parquet(out + "/maps")
        .select("path", "image_score", "map")
        .orderBy("path")
        .toJSON()
        .collectAsList();
  }

  private void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    DefaultLocale.during("und", () -> save(fit(), folder.resolve("pipeline")));
    new BuildBanks(spark)
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(backbone)
        .banks(folder.resolve("banks").toString())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
  }

  private PipelineModel fit() {
    PatchEmbedder embedder =
        new PatchEmbedder()
            .setBackbone("resnet18")
            .setLayers(1)
            .setImageSize(32)
            .setGrid(4)
            .setBatchSize(2)
            .setDevice("cpu")
            .setWeights("random:7");
    PatchPca pca = new PatchPca().setInputCol("patches").setOutputCol("reduced").setVariance(0.9);
    PatchKnn knn = new PatchKnn().setInputCol("reduced").setOutputCol("distances").setK(2);
    return new Pipeline()
        .setStages(new PipelineStage[] {embedder, pca, knn})
        .fit(images("bottle/train/good"));
  }

  private static PipelineModel save(PipelineModel pipeline, Path folder) {
    try {
      pipeline.save(folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pipeline;
  }

  private List<Row> distances(PipelineModel pipeline) {
    Dataset<Row> answers = pipeline.transform(images("carpet/train/good").limit(3));
    return answers.select("path", "distances").orderBy("path").collectAsList();
  }

  /** Paths are those below the data set, whose folder is another one each time. */
  private Dataset<Row> images(String folder) {
    return spark
        .read()
        .format("binaryFile")
        .load(data.resolve(folder).toString())
        .selectExpr("substring_index(path, '/', -1) as path", "content")
        .orderBy("path");
  }

  /** Spark looks for a stage's folder by its number in the default locale's digits. */
  private static PipelineModel load(Path folder) {
    return DefaultLocale.during("und", () -> PipelineModel.load(folder.toString()));
  }

  private static PipelineModel pipeline(String line) {
    return load(golden(line).resolve("pipeline"));
  }

  private static StoredBank bank(String line) {
    return StoredBank.open(
        BankLocation.current(golden(line).resolve("banks/bottle").toString()), new Configuration());
  }

  private static Path golden(String line) {
    return Repository.file(FOLDER).resolve(line);
  }
}
