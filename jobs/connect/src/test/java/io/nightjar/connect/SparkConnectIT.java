package io.nightjar.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.weights.SavedWeights;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.BuildBanks;
import io.nightjar.job.ScoreImages;
import io.nightjar.table.BankScorer;
import io.nightjar.testing.TinyDataset;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * Tables score by Spark Connect as files do by the command line. This process is the client: its
 * class path has Spark's client, Nightjar's own classes, and neither Spark nor Hadoop. The server
 * gets Nightjar's jar from it.
 */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkConnectIT {
  private static final Path JAR = Path.of(System.getProperty("nightjar.spark.jar"));

  private Path work;
  private Path data;
  private Path weights;
  private Path bank;
  private ConnectServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights =
        SavedWeights.safetensors(
            SeededWeights.of(Architecture.RESNET18, 11), directory.resolve("weights.safetensors"));
    bank = directory.resolve("banks/bottle");
    List<String> network =
        List.of(
            "--weights",
            weights.toString(),
            "--backbone",
            "resnet18",
            "--image-size",
            "64",
            "--grid",
            "8");
    nightjar(
        "build-bank", network, "--data", data.toString(), "--bank", bank.getParent().toString());
    nightjar(
        "score",
        network,
        "--data",
        data.resolve("bottle/test").toString(),
        "--bank",
        bank.toString(),
        "--out",
        directory.resolve("scored").toString());
    server = ConnectServer.start(directory);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Runs the command line on classic Spark, in a process of its own. */
  private void nightjar(String command, List<String> network, String... options) throws Exception {
    List<String> words =
        new ArrayList<>(
            ConnectServer.java(JAR + File.pathSeparator + ConnectServer.sparkClassPath()));
    words.addAll(List.of("io.nightjar.cli.Nightjar", command));
    words.addAll(network);
    words.addAll(List.of(options));
    Path log = work.resolve(command + ".log");
    Process process =
        new ProcessBuilder(words)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private SparkSession session() {
    return SparkSession.builder().remote(server.address()).create();
  }

  private SparkSession sessionWithNightjar() {
    SparkSession spark = session();
    spark.addArtifact(JAR.toString());
    return spark;
  }

  private Dataset<Row> images(SparkSession spark) {
    return spark
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.png")
        .load(data.resolve("bottle/test").toString());
  }

  private BankScorer scorer(SparkSession spark) {
    return BankScorer.open(spark, bank.toString(), weights.toString());
  }

  /** What the command line wrote, as text, since it is compared bit for bit. */
  private List<String> expected(SparkSession spark) {
    Dataset<Row> maps = spark.read().parquet(work.resolve("scored/maps").toString());
    Dataset<Row> scores = spark.read().parquet(work.resolve("scored/scores").toString());
    return rows(
        scores
            .select("path", "image_score", "map_max", "map_mean", "width", "height")
            .join(maps.select("path", "map"), "path"));
  }

  private List<String> actual(Dataset<Row> scored) {
    return rows(
        scored.select(
            functions.regexp_extract(functions.col("path"), "/bottle/test/(.*)$", 1).as("path"),
            functions.col("image_score"),
            functions.col("map_max"),
            functions.col("map_mean"),
            functions.col("width"),
            functions.col("height"),
            functions.col("map")));
  }

  private static List<String> rows(Dataset<Row> table) {
    return table.orderBy("path").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void scoresAreThoseOfTheCommandLine() throws Exception {
    SparkSession spark = sessionWithNightjar();
    assertThat(actual(scorer(spark).withMaps(true).score(images(spark))))
        .hasSizeGreaterThan(2)
        .isEqualTo(expected(spark));
    spark.close();
  }

  @Test
  void eachOfTwoSessionsHasItsOwnClassesAndTheSameScores() throws Exception {
    SparkSession first = sessionWithNightjar();
    SparkSession second = sessionWithNightjar();
    List<String> expected = expected(first);
    assertThat(actual(scorer(first).withMaps(true).score(images(first)))).isEqualTo(expected);
    assertThat(actual(scorer(second).withMaps(true).score(images(second)))).isEqualTo(expected);
    assertThat(server.log())
        .containsPattern("(?s)LoadedBackbones: Loaded .*LoadedBackbones: Loaded ")
        .doesNotContain("continues in plain Java")
        .doesNotContain("had loaded another BLAS");
    first.close();
    second.close();
  }

  @Test
  void theStepsGiveScoresToRounding() throws Exception {
    SparkSession spark = sessionWithNightjar();
    BankScorer scorer = scorer(spark);
    Dataset<Row> compared = scorer.compare(scorer.reduce(scorer.embed(images(spark))));
    List<Row> rows =
        compared
            .select(functions.col("path"), functions.array_max(functions.col("distances")))
            .orderBy("path")
            .collectAsList();
    List<Row> scored =
        scorer.score(images(spark)).select("path", "map_max").orderBy("path").collectAsList();

    assertThat(rows).hasSameSizeAs(scored);
    for (int i = 0; i < rows.size(); i++) {
      float largest = scored.get(i).getFloat(1);
      assertThat(rows.get(i).getFloat(1) - largest).isBetween(-1e-3f * largest, 1e-3f * largest);
    }
    spark.close();
  }

  @Test
  void anImageThatCannotBeReadIsARow() throws Exception {
    SparkSession spark = sessionWithNightjar();
    Dataset<Row> damaged =
        images(spark)
            .withColumn(
                "content",
                functions
                    .when(functions.col("path").endsWith("good/000.png"), new byte[] {1, 2})
                    .otherwise(functions.col("content")));

    List<Row> unreadable = scorer(spark).score(damaged).where("reason is not null").collectAsList();

    assertThat(unreadable).hasSize(1);
    assertThat(unreadable.get(0).<Float>getAs("image_score")).isNull();
    assertThat(unreadable.get(0).<String>getAs("reason")).endsWith(".");
    spark.close();
  }

  @Test
  void whatCannotBeUsedIsASentenceAtTheClient() throws Exception {
    SparkSession spark = sessionWithNightjar();
    assertThatThrownBy(() -> BankScorer.open(spark, work.resolve("no").toString(), "random:1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("There is no bank in");
    assertThatThrownBy(() -> BankScorer.open(spark, "gs://banks/bottle", weights.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "needs org.apache.hadoop.fs.gs.GoogleHadoopFileSystem, which is not on the class path");
    assertThatThrownBy(() -> BankScorer.open(spark, "elsewhere://host/b", weights.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(ConnectServer.SECRET_FILE_SYSTEM);
    spark.close();
  }

  @Test
  void aClusterWithoutNightjarIsReported() throws Exception {
    SparkSession spark = session();
    assertThatThrownBy(() -> scorer(spark))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("spark.addArtifact");
    spark.close();
  }

  /** What a fitted model calls first; this client has no MLlib, so that no stage can be loaded. */
  @Test
  void stagesAreRefusedWithWhatToDo() throws Exception {
    SparkSession spark = session();
    assertThatThrownBy(() -> ClassicSession.require(spark, "PatchEmbedder"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("PatchEmbedder needs a session with a SparkContext")
        .hasMessageContaining("BankScorer");
    assertThatThrownBy(() -> Class.forName("io.nightjar.backbone.PatchEmbedder"))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("org/apache/spark/ml/");
    spark.close();
  }

  @Test
  void actionsAreRefusedWithWhatToDo() throws Exception {
    SparkSession spark = session();
    assertThatThrownBy(() -> new ScoreImages(spark))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("ScoreImages needs a session with a SparkContext")
        .hasMessageContaining("dedicated access mode")
        .hasMessageContaining("BankScorer");
    assertThatThrownBy(() -> new BuildBanks(spark)).isInstanceOf(InvalidInputException.class);
    spark.close();
  }
}
