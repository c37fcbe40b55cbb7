package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.cli.doctor.DoctorFile;
import io.nightjar.cli.doctor.VersionsCheck;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.OptionalWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.status.StatusStorage;
import io.nightjar.cli.status.StatusWait;
import io.nightjar.doctor.DoctorReport;
import io.nightjar.doctor.DoctorText;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Finding;
import io.nightjar.doctor.Section;
import io.nightjar.doctor.TimeLimit;
import io.nightjar.doctor.machine.BackboneCheck;
import io.nightjar.doctor.machine.DevicesCheck;
import io.nightjar.doctor.machine.DiskCheck;
import io.nightjar.doctor.machine.MachineCheck;
import io.nightjar.doctor.machine.MemoryCheck;
import io.nightjar.doctor.machine.NativesCheck;
import io.nightjar.doctor.machine.ProductsCheck;
import io.nightjar.doctor.storage.StorageProbe;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.UserCache;
import io.nightjar.job.ProbeCluster;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Examines this machine, the cluster and storage before anything is computed on them: what a run
 * would find, and what to mend. Every check is on its own; what hangs is given up.
 *
 * <p>Input: optionally weights, and places to read and write. Output: findings on the console and,
 * where asked for, {@code doctor.json}.
 *
 * <pre>{@code
 * nightjar doctor --weights torchvision:resnet50 --input s3a://factory/mvtec_ad --uri s3a://factory/runs
 * }</pre>
 */
@Command(
    name = "doctor",
    description = "Examines this machine, the cluster and storage, and says what to mend.",
    footer = {
      "",
      "A finding is ok, a note (it works, but slower or with a risk that is named) or a problem (a run"
          + " that needs it fails). With a problem the command ends with exit code 3. Small files are"
          + " written to each --uri and deleted again; their names begin with .nightjar-doctor-."
    },
    sortOptions = false)
final class DoctorCommand implements Callable<Integer>, DescribedCommand {
  /** Matrix products and networks are measured for so long, once by one thread, once by all. */
  private static final double SECONDS = 1;

  /** A cluster may have to start machines for an application. */
  private static final int LIMITS_OF_SPARK = 6;

  /** Weights may be downloaded. */
  private static final int LIMITS_OF_BACKBONE = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--uri",
      paramLabel = "URI",
      description =
          "A folder of results, on any Hadoop file system: is listed, read, and written with small files"
              + " that are deleted again; may be given more than once.")
  private List<String> uris = new ArrayList<>();

  @Option(
      names = "--input",
      paramLabel = "URI",
      description =
          "A folder or file that runs read: is listed and read, and not written; may be given more"
              + " than once.")
  private List<String> inputs = new ArrayList<>();

  @Mixin private OptionalWeights weights;
  @Mixin private BackboneArguments backbone;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description =
          "How long to wait for each answer of a storage; Spark has six times as long to start"
              + " (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = "--out",
      paramLabel = "URI",
      description =
          "Write the findings to this file, which ends with .json, or to doctor.json in this folder; an"
              + " earlier examination there is replaced.")
  private Optional<String> out = Optional.empty();

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    Duration limit = limit();
    Optional<DoctorFile> file = out.map(DoctorFile::new);
    EmbeddingSpec embedding = embedding();
    file.ifPresent(one -> check(one, limit));
    Examination examination = new Examination(this::print);
    machine(examination, embedding, limit);
    AtomicReference<RunningSpark> running = new AtomicReference<>();
    try {
      say("starting Spark");
      examination.section(
          "spark",
          limit.multipliedBy(LIMITS_OF_SPARK),
          findings -> findings.accept(start(running)));
      Configuration storage = configuration(running.get());
      if (running.get() != null) {
        executors(examination, embedding, limit, running.get().session());
      }
      network(examination, embedding, limit, storage);
      for (String place : inputs) {
        storage(examination, place, false, storage, limit);
      }
      for (String place : uris) {
        storage(examination, place, true, storage, limit);
      }
      return end(
          new DoctorReport(
              Instant.now(),
              BuildInfo.creator(),
              RunningProcess.current().host(),
              examination.sections()),
          file,
          storage);
    } finally {
      if (running.get() != null) {
        running.get().close();
      }
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("uri", uris);
    given.put("input", inputs);
    given.putAll(
        new BackboneSource(embedding(), weights.place().orElse("none"), weights.sha256()).asMap());
    given.put("timeout", limit());
    given.put("out", out.map(location -> new DoctorFile(location).location()));
    return given;
  }

  /** Whether the place can be read and written is seen in the end; the findings matter more. */
  private void check(DoctorFile file, Duration limit) {
    try {
      TimeLimit.call(
          limit,
          () -> {
            file.check(StatusStorage.configuration(spark));
            return true;
          });
    } catch (InvalidInputException | CancellationException e) {
      throw e;
    } catch (Exception e) { // as the storage puts it, or that it did not answer
      LoggerFactory.getLogger(DoctorCommand.class).info("{} cannot be read", file.location(), e);
    }
  }

  private Duration limit() {
    Duration limit = StatusWait.duration(timeout);
    if (limit.isZero()) {
      throw new InvalidInputException("The option --timeout is 0; every answer takes some time.");
    }
    return limit;
  }

  private EmbeddingSpec embedding() {
    new GivenOptions(spec)
        .refuseWhere(
            weights.place().isEmpty(),
            "is about the network, which is measured with --weights; name them, or leave it out",
            "--backbone",
            "--layers",
            "--image-size",
            "--grid",
            "--precision");
    return backbone.toSpec();
  }

  private void machine(Examination examination, EmbeddingSpec embedding, Duration limit) {
    examination.section("versions", limit, VersionsCheck.here());
    examination.section("machine", limit, MachineCheck.here());
    examination.section("memory", limit, MemoryCheck.here());
    examination.section(
        "disks", limit, new DiskCheck(folders(), DiskCheck.TOO_LITTLE, DiskCheck.LITTLE));
    examination.section("native libraries", limit, NativesCheck.here());
    examination.section("devices", limit, new DevicesCheck(embedding));
    say("measuring matrix products");
    examination.section(
        "linear algebra", limit.plusSeconds(60), new ProductsCheck(threads(), SECONDS));
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

  private void executors(
      Examination examination, EmbeddingSpec embedding, Duration limit, SparkSession session) {
    say("asking the executors");
    List<String> places = new ArrayList<>(inputs);
    places.addAll(uris);
    examination.section(
        "executors",
        limit.multipliedBy(LIMITS_OF_SPARK * 2L + 3L * places.size()),
        findings ->
            new ProbeCluster(session)
                .spec(embedding)
                .places(places)
                .limit(limit)
                .execute()
                .forEach(findings));
  }

  private Finding start(AtomicReference<RunningSpark> running) {
    long begun = System.nanoTime();
    try {
      running.set(spark.start("Nightjar doctor"));
    } catch (Exception | LinkageError e) { // Scala throws checked ones undeclared
      LoggerFactory.getLogger(DoctorCommand.class).info("Spark did not start", e);
      return Finding.problem(
          "start",
          Text.format("Spark does not start: %s.", Examination.reason(e)),
          "Correct --master, --conf and what spark-submit was given; the log has the details.");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Finding.Ok(
        "start", Text.format("Spark started in %.1f s.", seconds), Map.of("seconds", seconds));
  }

  private void network(
      Examination examination, EmbeddingSpec embedding, Duration limit, Configuration storage) {
    Optional<String> place = weights.place();
    if (place.isEmpty()) {
      examination.section("network", limit, findings -> findings.accept(BackboneCheck.leftOut()));
      return;
    }
    say("measuring the network");
    examination.section(
        "network",
        limit.multipliedBy(LIMITS_OF_BACKBONE),
        new BackboneCheck(
            () ->
                SeededWeights.parseSeed(place.get())
                    .map(seed -> SeededWeights.of(embedding.architecture(), seed))
                    .map(seeded -> BackboneModel.build(embedding, seeded))
                    .orElseGet(
                        () ->
                            new BackboneSource(embedding, place.get(), weights.sha256())
                                .load(storage)),
            threads(),
            SECONDS));
  }

  private static void storage(
      Examination examination,
      String place,
      boolean writes,
      Configuration configuration,
      Duration limit) {
    examination.section(
        (writes ? "storage " : "input ") + place,
        StorageProbe.longest(limit),
        new StorageProbe(place, writes, configuration, limit));
  }

  /** With Spark or, where that did not start, as it would have known the file systems. */
  private Configuration configuration(RunningSpark running) {
    return running == null
        ? StatusStorage.configuration(spark)
        : running.session().sessionState().newHadoopConf();
  }

  private int end(DoctorReport report, Optional<DoctorFile> file, Configuration configuration) {
    PrintWriter console = spec.commandLine().getOut();
    console.println();
    console.println(report.summary());
    Nightjar.outcome(spec, report.summary());
    int code = report.isHealthy() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
    if (file.isPresent()) {
      try {
        file.get().write(report, configuration);
        console.println("All findings: " + file.get().location());
      } catch (IOException e) {
        spec.commandLine()
            .getErr()
            .println(
                Text.format(
                    "nightjar: the findings could not be written to %s: %s. They are above.",
                    file.get().location(), Examination.reason(e)));
        code = ExitCodes.FAILED;
      }
    }
    console.flush();
    return code;
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void print(Section section) {
    spec.commandLine().getOut().print(DoctorText.of(section));
    spec.commandLine().getOut().flush();
  }

  private void say(String what) {
    spec.commandLine().getErr().println("nightjar: " + what + " ...");
  }
}
