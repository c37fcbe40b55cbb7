package io.nightjar.cli.doctor;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.options.OptionalWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.status.StatusStorage;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Finding;
import io.nightjar.doctor.machine.BackboneCheck;
import io.nightjar.doctor.machine.DevicesCheck;
import io.nightjar.doctor.machine.DiskCheck;
import io.nightjar.doctor.machine.MachineCheck;
import io.nightjar.doctor.machine.MemoryCheck;
import io.nightjar.doctor.machine.NativesCheck;
import io.nightjar.doctor.machine.ProductsCheck;
import io.nightjar.doctor.storage.StorageProbe;
import io.nightjar.io.UserCache;
import io.nightjar.job.ProbeCluster;
import io.nightjar.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.LoggerFactory;

/** Examines one thing after the other, each as sections of an examination, and ends Spark. */
public final class Examiner implements AutoCloseable {
  /** Matrix products and networks are measured for so long, once by one thread, once by all. */
  private static final double SECONDS = 1;

  /** A cluster may have to start machines for an application. */
  private static final int LIMITS_OF_SPARK = 6;

  /** Weights may be downloaded. */
  private static final int LIMITS_OF_BACKBONE = 20;

  private final Examination examination;
  private final SparkOptions spark;
  private final EmbeddingSpec embedding;
  private final Duration limit;
  private final Consumer<String> progress;
  private final AtomicReference<RunningSpark> running = new AtomicReference<>();

  /**
   * An examiner, who has not begun.
   *
   * @param examination that takes the findings
   * @param spark how Spark is started
   * @param embedding that the network is to give
   * @param limit of each answer
   * @param progress receives what takes a while
   */
  public Examiner(
      Examination examination,
      SparkOptions spark,
      EmbeddingSpec embedding,
      Duration limit,
      Consumer<String> progress) {
    this.examination = examination;
    this.spark = spark;
    this.embedding = embedding;
    this.limit = limit;
    this.progress = progress;
  }

  /** This machine, without Spark. */
  public void machine() {
    examination.section("versions", limit, VersionsCheck.here());
    examination.section("machine", limit, MachineCheck.here());
    examination.section("memory", limit, MemoryCheck.here());
    examination.section(
        "disks", limit, new DiskCheck(folders(), DiskCheck.TOO_LITTLE, DiskCheck.LITTLE));
    examination.section("native libraries", limit, NativesCheck.here());
    examination.section("devices", limit, new DevicesCheck(embedding));
    progress.accept("measuring matrix products");
    examination.section(
        "linear algebra", limit.plusSeconds(60), new ProductsCheck(threads(), SECONDS));
  }

  /** Starts Spark; where it does not start, that is a finding, and the rest goes on without. */
  public void startSpark() {
    progress.accept("starting Spark");
    examination.section(
        "spark", limit.multipliedBy(LIMITS_OF_SPARK), findings -> findings.accept(start()));
  }

  /** The executors, where Spark runs, and whether each of them can read the places. */
  public void executors(List<String> places) {
    if (running.get() == null) {
      return;
    }
    progress.accept("asking the executors");
    examination.section(
        "executors",
        limit.multipliedBy(LIMITS_OF_SPARK * 2L + 3L * places.size()),
        findings ->
            new ProbeCluster(running.get().session())
                .spec(embedding)
                .places(places)
                .limit(limit)
                .execute()
                .forEach(findings));
  }

  /** The network with its weights, where some are named. */
  public void network(OptionalWeights weights) {
    Optional<String> place = weights.place();
    if (place.isEmpty()) {
      examination.section("network", limit, findings -> findings.accept(BackboneCheck.leftOut()));
      return;
    }
    progress.accept("measuring the network");
    examination.section(
        "network",
        limit.multipliedBy(LIMITS_OF_BACKBONE),
        new BackboneCheck(
            () -> BackboneModel.load(embedding, place.get(), weights.sha256(), configuration()),
            threads(),
            SECONDS));
  }

  /**
   * A place.
   *
   * @param writes whether it is written with small files that are deleted again
   */
  public void storage(String place, boolean writes) {
    examination.section(
        (writes ? "storage " : "input ") + place,
        StorageProbe.longest(limit),
        new StorageProbe(place, writes, configuration(), limit));
  }

  /** Of the file systems: that of Spark or, where it did not start, as it would have been. */
  public Configuration configuration() {
    return running.get() == null
        ? StatusStorage.configuration(spark)
        : running.get().session().sessionState().newHadoopConf();
  }

  @Override
  public void close() {
    if (running.get() != null) {
      running.get().close();
    }
  }

  /** The local folders that a run on this machine writes. */
  private Map<String, Path> folders() {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put("temporary files", Path.of(System.getProperty("java.io.tmpdir")));
    folders.put("cache", UserCache.folder());
    String local = System.getenv("SPARK_LOCAL_DIRS");
    if (local == null) {
      local =
          spark
              .configuration("nightjar doctor")
              .get("spark.local.dir", System.getProperty("java.io.tmpdir"));
    }
    for (String folder : local.split(",", -1)) {
      folders.put("Spark's blocks, " + folder.strip(), Path.of(folder.strip()));
    }
    return folders;
  }

  private Finding start() {
    long begun = System.nanoTime();
    try {
      running.set(spark.start("Nightjar doctor"));
    } catch (Exception | LinkageError e) { // Scala throws checked ones undeclared
      LoggerFactory.getLogger(Examiner.class).info("Spark did not start", e);
      return Finding.problem(
          "start",
          Text.format("Spark does not start: %s.", Examination.reason(e)),
          "Correct --master, --conf and what spark-submit was given; the log has the details.");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Finding.Ok(
        "start", Text.format("Spark started in %.1f s.", seconds), Map.of("seconds", seconds));
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
