package io.nightjar.cli;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.doctor.DoctorFile;
import io.nightjar.cli.doctor.Examiner;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.options.OptionalWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.cli.status.StatusStorage;
import io.nightjar.cli.status.StatusWait;
import io.nightjar.doctor.DoctorReport;
import io.nightjar.doctor.DoctorText;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Section;
import io.nightjar.doctor.TimeLimit;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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
    try (Examiner examiner = new Examiner(examination, spark, embedding, limit, this::say)) {
      examiner.machine();
      examiner.startSpark();
      examiner.executors(Stream.of(inputs, uris).flatMap(List::stream).toList());
      examiner.network(weights);
      inputs.forEach(place -> examiner.storage(place, false));
      uris.forEach(place -> examiner.storage(place, true));
      DoctorReport report =
          new DoctorReport(
              Instant.now(),
              BuildInfo.creator(),
              RunningProcess.current().host(),
              examination.sections());
      int code = print(report);
      return file.map(one -> write(report, one, examiner.configuration(), limit, code))
          .orElse(code);
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

  /** Gives the exit code. */
  private int print(DoctorReport report) {
    PrintWriter console = spec.commandLine().getOut();
    console.println();
    console.println(report.summary());
    console.flush();
    Nightjar.outcome(spec, report.summary());
    return report.isHealthy() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }

  /** Gives the exit code: a problem that was found outweighs that no one can read of it there. */
  private int write(
      DoctorReport report, DoctorFile file, Configuration storage, Duration limit, int code) {
    try {
      TimeLimit.call(
          limit,
          () -> {
            file.write(report, storage);
            return true;
          });
      spec.commandLine().getOut().println("All findings: " + file.location());
      spec.commandLine().getOut().flush();
      return code;
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      LoggerFactory.getLogger(DoctorCommand.class).info("{} was not written", file.location(), e);
      spec.commandLine().getErr().println("nightjar: " + unwritten(file, e, limit));
      return code == ExitCodes.OK ? ExitCodes.FAILED : code;
    }
  }

  private static String unwritten(DoctorFile file, Exception failure, Duration limit) {
    if (failure instanceof InvalidInputException) {
      return failure.getMessage();
    }
    return Text.format(
        "the findings could not be written to %s: %s The findings are above.",
        file.location(),
        failure instanceof TimeoutException
            ? Text.format("there was no answer within %s.", TimeLimit.words(limit))
            : PlaceFault.of(file.location(), failure).sentences());
  }

  private void print(Section section) {
    spec.commandLine().getOut().print(DoctorText.of(section));
    spec.commandLine().getOut().flush();
  }

  private void say(String what) {
    spec.commandLine().getErr().println("nightjar: " + what + " ...");
  }
}
