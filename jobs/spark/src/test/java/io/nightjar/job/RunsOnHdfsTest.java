package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.doctor.Finding;
import io.nightjar.doctor.storage.StorageProbe;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.PlainFiles;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.RunResult;
import io.nightjar.testing.HdfsCluster;
import io.nightjar.testing.PausedHdfs;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Images, weights, banks, results and the store on HDFS, against the same on a local disk. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsOnHdfsTest {
  private HdfsCluster hdfs;
  private SparkSession spark;
  private Configuration configuration;
  private BackboneModel backbone;
  private Path work;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    work = directory;
    hdfs = HdfsCluster.start(directory.resolve("hdfs"));
    Map<String, String> properties = new HashMap<>();
    hdfs.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    properties.put("spark.hadoop.fs.hdfs.impl", PausedHdfs.class.getName());
    spark = Sparks.start("local[2]", properties);
    configuration = spark.sessionState().newHadoopConf();
    upload(TinyDataset.generate(directory.resolve("data")), "/data");
    upload(TinyDataset.writeWeights(directory.resolve("w.safetensors")), "/w.safetensors");
    backbone =
        BackboneModel.build(
            TinyDataset.backbone().spec(),
            WeightFiles.load(hdfs.uri("/w.safetensors"), Optional.empty(), configuration));
  }

  @AfterAll
  void stop() {
    if (spark != null) {
      spark.stop();
    }
    if (hdfs != null) {
      hdfs.close();
    }
  }

  private void upload(Path local, String path) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(hdfs.uri(path));
    try (FileSystem files = FileSystem.newInstance(target.toUri(), configuration)) {
      files.copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), target);
    }
  }

  private String local(String name) {
    return work.resolve(name).toString();
  }

  private EvaluateDataset evaluation(String images) {
    return new EvaluateDataset(spark)
        .data(images)
        .backbone(backbone)
        .options(TinyEvaluation.options().build());
  }

  @Test
  @Order(1)
  void anEvaluationHasTheFiguresAndMapsOfALocalDiskAndIsTakenFromTheStoreAgain()
      throws IOException {
    TinyEvaluation expected =
        TinyEvaluation.run(spark, evaluation(local("data")), work.resolve("local"));
    String out = hdfs.uri("/results");

    TinyEvaluation first = TinyEvaluation.run(spark, evaluation(hdfs.uri("/data")), out);
    RunResult again = evaluation(hdfs.uri("/data")).out(out).overwrite(true).execute();

    assertThat(first).isEqualTo(expected);
    assertThat(again.report().categories())
        .extracting(category -> (Object) category.pixelAuprc())
        .containsExactlyElementsOf(
            first.metrics().stream().map(figures -> figures.get(3)).toList());
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(out);
    List<String> files = FolderFiles.list(PlainFiles.of(folder, configuration), folder);
    assertThat(files).contains("metrics.json", "run.json", "report.html", "curves/bottle.json");
    assertThat(files).noneMatch(name -> name.endsWith(".tmp") || name.contains("claim"));
  }

  @Test
  @Order(2)
  void aBankIsBuiltUpdatedAndScoredAsOnALocalDisk() {
    List<String> onHdfs = scores(hdfs.uri("/data"), hdfs.uri("/banks"), hdfs.uri("/scored"));
    List<String> onDisk = scores(local("data"), local("banks"), local("scored"));

    assertThat(onHdfs).isNotEmpty().isEqualTo(onDisk);
    StoredBank bank = bank(hdfs.uri("/banks") + "/bottle");
    assertThat(bank.manifest().version()).isEqualTo(2);
    assertThat(bank.memoryBank().blocks())
        .containsExactly(
            bank(local("banks") + "/bottle").memoryBank().blocks().toArray(float[][]::new));
  }

  /** Builds banks, adds the normal test images to one of them, and scores all test images. */
  private List<String> scores(String data, String banks, String out) {
    build(data, banks);
    new UpdateBanks(spark)
        .banks(banks + "/bottle")
        .data(data + "/bottle/test/good")
        .backbone(backbone)
        .refit(Refit.NEVER)
        .guard(OptionalDouble.empty())
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
    new ScoreImages(spark)
        .bank(banks)
        .data(data)
        .backbone(backbone)
        .out(out)
        .options(TinyEvaluation.EMBED)
        .execute();
    return spark
        .read()
        .parquet(out + "/maps")
        .select("category", "path", "image_score", "height", "width", "map")
        .orderBy("category", "path")
        .toJSON()
        .collectAsList();
  }

  private BuildBanks.Result build(String data, String banks) {
    return new BuildBanks(spark)
        .data(data)
        .backbone(backbone)
        .banks(banks)
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT)
        .execute();
  }

  private StoredBank bank(String location) {
    return StoredBank.open(BankLocation.parse(location), configuration);
  }

  @Test
  @Order(2)
  void doctorFindsEverythingThatResultsNeed() {
    List<Finding> findings = new ArrayList<>();

    new StorageProbe(hdfs.uri("/examined"), true, configuration, Duration.ofMinutes(10))
        .run(findings::add);

    assertThat(findings)
        .filteredOn(finding -> !(finding instanceof Finding.Ok))
        .extracting(Finding::subject)
        .containsExactly("reach"); // the folder is not there yet
    assertThat(findings)
        .extracting(Finding::subject)
        .contains("read after write", "exclusive creation", "replace", "rename", "delete");
  }

  /** The last test: its DataNode does not come back. */
  @Test
  @Order(3)
  void aDataNodeThatIsKilledWhileABankIsWrittenCostsNothing() {
    AtomicInteger killed = new AtomicInteger();
    PausedHdfs.whenWriting(
        ".*/afterwards/bottle/rows/.*",
        () -> {
          killed.incrementAndGet();
          hdfs.killDataNode(0);
        });

    BuildBanks.Result result = build(hdfs.uri("/data"), hdfs.uri("/afterwards"));

    assertThat(killed).hasValue(1);
    assertThat(result.failed()).isEmpty();
    assertThat(bank(hdfs.uri("/afterwards") + "/bottle").memoryBank().blocks())
        .containsExactly(
            bank(hdfs.uri("/banks") + "/bottle@1").memoryBank().blocks().toArray(float[][]::new));
  }
}
