package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.StorageException;
import io.nightjar.io.StorageRetry;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.FailedCategory;
import io.nightjar.testing.FaultyProxy;
import io.nightjar.testing.S3Server;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Images, weights and banks on an object store, through {@code s3a://}. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BanksOnS3Test {
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 64, 8);

  private S3Server s3;
  private FaultyProxy proxy;
  private SparkSession spark;
  private Configuration configuration;
  private Path work;
  private Path data;
  private BackboneModel backbone;
  private BuildBanks.Result built;

  /** Of one pass over images on a local disk. */
  private TinyEvaluation local;

  @BeforeAll
  void build(@TempDir Path directory) throws IOException {
    work = directory;
    s3 = S3Server.start(directory.resolve("s3"));
    proxy = FaultyProxy.before(s3.port());
    Map<String, String> properties = new HashMap<>();
    s3.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    s3.hadoopProperties(proxy)
        .forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    properties.put("spark.hadoop." + StorageRetry.PAUSE, "20");
    properties.put("spark.hadoop." + StorageRetry.ATTEMPTS, "5");
    spark = Sparks.start("local[2]", properties);
    configuration = spark.sessionState().newHadoopConf();
    data = TinyDataset.generate(directory.resolve("data"));
    upload(data, s3.uri("data"));
    upload(TinyDataset.writeWeights(directory.resolve("w.safetensors")), s3.uri("w.safetensors"));

    backbone =
        BackboneModel.build(
            SPEC, WeightFiles.load(s3.uri("w.safetensors"), Optional.empty(), configuration));
    built = builder().execute();
    local = TinyEvaluation.run(spark, evaluation(data.toString()), work.resolve("local"));
  }

  @AfterAll
  void stop() {
    if (spark != null) {
      spark.stop();
    }
    if (proxy != null) {
      proxy.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  private void upload(Path local, String uri) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(uri);
    try (FileSystem files = FileSystem.newInstance(target.toUri(), configuration)) {
      files.copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), target);
    }
  }

  private BuildBanks builder() {
    return new BuildBanks(spark)
        .data(s3.uri("data"))
        .backbone(backbone)
        .banks(s3.uri("banks"))
        .options(TinyEvaluation.EMBED)
        .options(TinyEvaluation.FIT);
  }

  private StoredBank open(String location) {
    return StoredBank.open(BankLocation.parse(location), configuration);
  }

  @Test
  void aBankOnS3GivesTheFiguresOfOnePassOnALocalDisk() {
    TinyEvaluation onS3 =
        TinyEvaluation.run(
            spark,
            evaluation(s3.uri("data"))
                .options(TinyEvaluation.storedOptions().build())
                .bank(s3.uri("banks") + "@1"),
            work.resolve("on-s3"));

    assertThat(onS3).isEqualTo(local);
  }

  private EvaluateDataset evaluation(String images) {
    return new EvaluateDataset(spark)
        .data(images)
        .backbone(backbone)
        .options(TinyEvaluation.options().build());
  }

  @Test
  void resultsOnS3AreReplacedWholeAndInputsAreKept() throws IOException {
    String out = s3.uri("results");
    evaluation(s3.uri("data")).bank(s3.uri("banks") + "@1").options(stored()).out(out).execute();
    Path kept = Files.writeString(work.resolve("kept"), "icons");
    upload(kept, s3.uri("results/.DS_Store"));

    assertThatThrownBy(
            () ->
                evaluation(out + "/data")
                    .bank(s3.uri("banks"))
                    .options(stored())
                    .out(out)
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lies in --out");
    assertThatThrownBy(
            () ->
                evaluation(s3.uri("data"))
                    .bank(s3.uri("banks"))
                    .options(stored())
                    .out(out)
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("already holds the results");
    evaluation(s3.uri("data"))
        .bank(s3.uri("banks") + "@1")
        .categories(List.of("bottle"))
        .options(stored())
        .out(out)
        .overwrite(true)
        .execute();

    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(out);
    List<String> files = FolderFiles.list(PlainFiles.of(folder, configuration), folder);
    assertThat(files).contains(".DS_Store", "metrics.json", "run.json", "curves/bottle.json");
    assertThat(files).noneMatch(name -> name.contains("nightjar") || name.contains("carpet"));
    assertThat(files.stream().filter(name -> name.endsWith(".parquet"))).hasSize(2);
    assertThat(spark.read().parquet(out + "/metrics").count()).isEqualTo(1);
  }

  private static EvaluationOptions stored() {
    return TinyEvaluation.storedOptions().build();
  }

  @Test
  void whatWasBuiltIsReadBackVerified() {
    BankManifest manifest = built.built().get(0).manifest();

    StoredBank bank = open(s3.uri("banks/bottle@1"));

    assertThat(bank.manifest()).isEqualTo(manifest);
    assertThat(bank.memoryBank().rows()).isEqualTo(9 * 64);
    assertThat(bank.reduction().dimension()).isEqualTo(manifest.dimension());
  }

  @Test
  void theNextVersionLeavesTheOldOneReadable() {
    builder().categories(List.of("carpet")).overwrite(true).execute();

    StoredBank first = open(s3.uri("banks/carpet@1"));
    StoredBank second = open(s3.uri("banks/carpet"));

    assertThat(second.manifest().version()).isEqualTo(2);
    assertThat(second.memoryBank().blocks())
        .containsExactly(first.memoryBank().blocks().toArray(float[][]::new));
  }

  @Test
  void theSecondOfTwoWritersIsRefused() {
    BankManifest again = built.built().get(0).manifest();

    assertThatThrownBy(
            () -> new BankPublisher(s3.uri("banks/bottle"), configuration).publish(again))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it has version 1, but this version was built from no version");
    assertThat(open(s3.uri("banks/bottle")).manifest()).isEqualTo(again);
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    builder().banks(s3.uri("torn")).categories(List.of("bottle")).execute();
    StoredBank bank = open(s3.uri("torn/bottle"));
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(
            s3.uri("torn/bottle/" + bank.manifest().files().get(0).name()));
    assertThat(file.getFileSystem(configuration).delete(file, false)).isTrue();

    assertThatThrownBy(bank::memoryBank)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void aFolderWithoutABankIsRefused() {
    assertThatThrownBy(() -> open(s3.uri("nothing")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no bank in " + s3.uri("nothing"));
  }

  @Test
  void requestsThatFailAreRepeatedAndTheFiguresAreTheSame() throws IOException {
    upload(data, s3.faultyUri("data"));
    proxy.rule(FaultyProxy.oneIn(20));

    Path out = work.resolve("with-faults");
    TinyEvaluation found = TinyEvaluation.run(spark, evaluation(s3.faultyUri("data")), out);

    assertThat(proxy.faults()).isGreaterThan(3);
    assertThat(found).isEqualTo(local);
    JsonNode run = json(out.resolve("run.json"));
    JsonNode retries = run.get("storage_retries");
    // The listing, before any category begins, has its share of the faults.
    assertThat(retries.get("total").asInt()).isBetween(1, proxy.faults());
    assertThat(retries.get("by_category").get("carpet").asInt()).isPositive();
    assertThat(run.get("notes").get("carpet").toString())
        .containsPattern(
            "The storage did not answer \\d+ requests?, which (was|were) repeated; nothing was left out");
    JsonNode peaks = run.get("memory").get("peak_by_category").get("carpet");
    assertThat(peaks.get("driver").get("heap_bytes").asLong()).isPositive();
    assertThat(peaks.get("executors").get("heap_bytes").asLong()).isPositive();
    assertThat(json(out.resolve("metrics.json")).findValues("quarantined"))
        .isNotEmpty()
        .allMatch(count -> count.isInt() && count.asInt() == 0);
  }

  @Test
  void storageThatDoesNotAnswerFailsItsCategoryAndLeavesNoFileOut() throws IOException {
    upload(data, s3.faultyUri("half"));
    AtomicInteger reads = new AtomicInteger();
    // Some of one category's images can be read, and then none any more. Hadoop 3.5 keeps small
    // files
    // in memory, and asks for each of the nine only once.
    proxy.rule(
        line ->
            line.startsWith("GET") && line.contains("/carpet/train/") && reads.incrementAndGet() > 4
                ? FaultyProxy.Fate.BUSY
                : FaultyProxy.Fate.PASS);

    RunResult result =
        evaluation(s3.faultyUri("half")).out(work.resolve("half").toString()).execute();

    assertThat(result.report().categories())
        .extracting(category -> category.category())
        .containsExactly("bottle");
    FailedCategory failed = result.report().failed().get(0);
    assertThat(failed.category()).isEqualTo("carpet");
    assertThat(failed.reason())
        .startsWith("The storage did not answer when " + s3.faultyUri("half/carpet/train/good/"))
        .containsPattern(
            "was to be read: it was tried 5 times over \\d+\\.\\d s, and at last failed")
        .contains("run it again when the storage answers");
    assertThat(failed.quarantined()).isEmpty();
  }

  @Test
  void aManifestThatTheStoreDoesNotKeepIsNoSuccess() {
    BankPublisher publisher = new BankPublisher(s3.faultyUri("forgotten/bottle"), configuration);
    proxy.rule(
        line ->
            line.startsWith("PUT") && line.contains("/bank.json ")
                ? FaultyProxy.Fate.MISPLACE
                : FaultyProxy.Fate.PASS);

    assertThatThrownBy(() -> publisher.publish(built.built().get(0).manifest()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("bank.json")
        .hasMessageContaining("does not read back as it was written");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
