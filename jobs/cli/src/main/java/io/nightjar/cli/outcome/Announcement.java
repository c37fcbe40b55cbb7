package io.nightjar.cli.outcome;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.StorageException;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.json.Json;
import io.nightjar.report.openmetrics.Family;
import io.nightjar.report.openmetrics.MetricFamilies;
import io.nightjar.report.openmetrics.MetricsFile;
import io.nightjar.text.Sentences;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Announces how a command ended, however it ended. What cannot be announced is a sentence on the
 * console; the command's results and its exit code are the same as without.
 */
public final class Announcement {
  private static final int MESSAGE_VERSION = 1;

  private final AlarmArguments arguments;
  private final Optional<SecretAddress> webhook;
  private final String command;
  private final PrintWriter err;
  private final Instant started = Instant.now();

  private Announcement(AlarmArguments arguments, GivenOptions given, Map<String, String> env) {
    arguments.check(given);
    this.arguments = arguments;
    this.webhook = arguments.webhook().map(value -> SecretAddress.of("--webhook", value, env));
    this.command = given.command().name();
    this.err = given.command().commandLine().getErr();
  }

  /**
   * Does the work of a command, and announces its end.
   *
   * @param work notes what it finds, and gives the exit code
   * @throws InvalidInputException before the work, if it could not be announced
   */
  public static int of(AlarmArguments arguments, GivenOptions given, ToIntFunction<Findings> work) {
    Announcement announcement = new Announcement(arguments, given, System.getenv());
    Findings findings = new Findings();
    try {
      int exitCode = work.applyAsInt(findings);
      announcement.announce(findings, exitCode, findings.sentence());
      return exitCode;
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      announcement.announce(findings, ExitCodes.of(e), sentence(e));
      throw e;
    }
  }

  private static String sentence(Exception e) {
    return e instanceof InvalidInputException || e instanceof StorageException
        ? String.valueOf(e.getMessage())
        : Text.format("The run broke: %s", e);
  }

  private void announce(Findings findings, int exitCode, String sentence) {
    Instant ended = Instant.now();
    arguments
        .metricsFile()
        .ifPresent(location -> writeMetrics(location, findings, exitCode, ended));
    webhook
        .filter(address -> arguments.when().holds(exitCode))
        .flatMap(address -> new Webhook(address).post(message(findings, exitCode, sentence, ended)))
        .ifPresent(this::note);
  }

  private void note(String sentence) {
    err.println("nightjar: " + sentence);
  }

  private String message(Findings findings, int exitCode, String sentence, Instant ended) {
    String shown = Sentences.shown(sentence);
    String report =
        arguments.reportUrl().isPresent() && findings.out().isPresent()
            ? Webhook.link(
                    arguments.reportUrl().get(), findings.out().get(), findings.page().orElse(""))
                .toString()
            : "";
    return Json.compact(
        new Message(
            MESSAGE_VERSION,
            shown,
            command,
            exitCode,
            shown,
            findings.verdict().orElse(""),
            dataset(findings),
            findings.out().map(out -> absolute(out, findings)).orElse(""),
            report,
            ended.toString(),
            BuildInfo.version()));
  }

  /** The receiver is elsewhere, where a relative path means nothing. */
  private static String absolute(String out, Findings findings) {
    try {
      return HadoopPaths.absolute(out, findings.configuration());
    } catch (IOException e) {
      throw new UncheckedIOException("The results in " + out + " are out of reach", e);
    }
  }

  private void writeMetrics(String location, Findings findings, int exitCode, Instant ended) {
    try {
      MetricsFile.write(location, families(findings, exitCode, ended), findings.configuration());
    } catch (IOException | RuntimeException e) {
      note(
          Text.format(
              "the metrics could not be written to %s: %s. The results are not affected.",
              location, e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private MetricFamilies families(Findings findings, int exitCode, Instant ended) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("command", command);
    labels.put("dataset", dataset(findings));
    MetricFamilies families =
        new MetricFamilies(labels)
            .addInfo(Family.BUILD, "version", BuildInfo.version(), "commit", BuildInfo.commit())
            .add(Family.RUN_EXIT_CODE, exitCode)
            .add(Family.RUN_STARTED, seconds(started))
            .add(Family.RUN_ENDED, seconds(ended))
            .add(Family.RUN_SECONDS, Duration.between(started, ended).toMillis() / 1e3);
    findings.metrics().forEach(source -> source.accept(families));
    return families;
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1e3;
  }

  private String dataset(Findings findings) {
    return arguments.dataset().orElseGet(() -> lastPart(findings.subject()));
  }

  /** The name of a data set by its location. */
  static String lastPart(String location) {
    String path = location.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
