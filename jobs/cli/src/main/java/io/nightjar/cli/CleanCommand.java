package io.nightjar.cli;

import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.Retention;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Deletes what no run has used for a while from the store of {@code evaluate}.
 *
 * <p>Input: the folder of a run. Output: a line for each artefact that is deleted, or would be.
 *
 * <pre>{@code
 * nightjar clean --store runs/nightly --keep-days 30 --dry-run
 * }</pre>
 */
@Command(
    name = "clean",
    description = "Deletes what no run has used for a while from a store of evaluate.",
    sortOptions = false)
final class CleanCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "URI",
      description = "The folder that the runs were given as --reuse or, without it, as --out.")
  private String store;

  @Option(
      names = "--keep-days",
      required = true,
      paramLabel = "N",
      description = "What a run used within so many days is kept.")
  private int keepDays;

  @Option(names = "--dry-run", description = "Only say what would be deleted.")
  private boolean dryRun;

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    requireDays();
    // Spark knows the file systems and their keys, here as everywhere.
    try (RunningSpark running = spark.start("Nightjar clean")) {
      SparkSession session = running.session();
      clean(session.sessionState().newHadoopConf());
      return ExitCodes.OK;
    } catch (IOException e) {
      throw new UncheckedIOException(
          Text.format("Not everything could be deleted from the store in %s", store), e);
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    requireDays();
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("store", store);
    given.put("keep_days", keepDays);
    given.put("dry_run", dryRun);
    return given;
  }

  private void requireDays() {
    if (keepDays < 0) {
      throw new InvalidInputException(
          Text.format("The option --keep-days is %d; it must be 0 or more.", keepDays));
    }
  }

  private void clean(Configuration configuration) throws IOException {
    ArtifactStore artifacts = ArtifactStore.in(store, configuration);
    Retention retention =
        Retention.since(artifacts, Instant.now().minus(Duration.ofDays(keepDays)));
    if (!dryRun) {
      retention.apply(artifacts);
    }
    PrintWriter console = spec.commandLine().getOut();
    String verb = dryRun ? "would be deleted" : "deleted";
    retention
        .expired()
        .forEach(
            (path, bytes) -> console.println(Text.format("%s: %s, %d bytes", verb, path, bytes)));
    console.println(
        Text.format(
            "%d artefacts of %d bytes %s; %d are kept.",
            retention.expired().size(), retention.bytes(), verb, retention.kept()));
    console.flush();
  }
}
