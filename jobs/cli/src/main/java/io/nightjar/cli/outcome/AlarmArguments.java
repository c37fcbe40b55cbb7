package io.nightjar.cli.outcome;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.openmetrics.MetricsFile;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who is informed how a command ended. */
public final class AlarmArguments {
  @Option(
      names = "--metrics-file",
      paramLabel = "URI",
      description =
          "Write the outcome as metrics into this file when the command ends, however it ends: in"
              + " Prometheus' text format where its name ends with .prom, in OpenMetrics otherwise."
              + " It is replaced as a whole.")
  private Optional<String> metricsFile = Optional.empty();

  @Option(
      names = "--metrics-dataset",
      paramLabel = "NAME",
      description =
          "The value of the label dataset of every metric (default: the last part of the location"
              + " that the command reads).")
  private Optional<String> dataset = Optional.empty();

  @Option(
      names = "--webhook",
      paramLabel = "URL|env:NAME",
      description =
          "Send the outcome to this address when the command ends: a POST request with JSON. With"
              + " env:NAME the address is read from an environment variable, where the list of"
              + " processes does not show it. It is written nowhere.")
  private Optional<String> webhook = Optional.empty();

  @Option(
      names = "--webhook-on",
      paramLabel = "WHEN",
      defaultValue = "failure",
      description =
          "When the webhook is called: always, or on failure, which is an exit code other than 0"
              + " (default: ${DEFAULT-VALUE}).")
  private WebhookOn when = WebhookOn.FAILURE;

  @Option(
      names = "--report-url",
      paramLabel = "URL",
      description =
          "Where the folder above --out is served: the webhook's message has a link below it to the"
              + " report.")
  private Optional<String> reportUrl = Optional.empty();

  /**
   * Refuses what cannot be obeyed.
   *
   * @throws InvalidInputException naming the option
   */
  void check(GivenOptions given) {
    given.refuseWhere(
        metricsFile.isEmpty(),
        "is about --metrics-file, which is not given; leave it out",
        "--metrics-dataset");
    given.refuseWhere(
        webhook.isEmpty(),
        "is about --webhook, which is not given; leave it out",
        "--webhook-on",
        "--report-url");
    metricsFile.ifPresent(MetricsFile::requireLocation);
  }

  /** Adds what is given, by the options' names; the address of a webhook is none of it. */
  public void describe(Map<String, Object> given, GivenOptions line) {
    check(line);
    metricsFile.ifPresent(file -> given.put("metrics_file", file));
    dataset.ifPresent(name -> given.put("metrics_dataset", name));
    webhook.ifPresent(
        secret -> {
          given.put("webhook", "given");
          given.put("webhook_on", when);
        });
    reportUrl.ifPresent(prefix -> given.put("report_url", prefix));
  }

  /**
   * The file of metrics, for a command that also writes it while it runs.
   *
   * @param command its name
   * @param subject what it reads, whose last part is the dataset where none is named
   * @return empty where no file is named
   */
  public Optional<LiveMetrics> live(String command, String subject) {
    return metricsFile.map(
        location ->
            new LiveMetrics(
                location, command, dataset.orElseGet(() -> Announcement.lastPart(subject))));
  }

  Optional<String> metricsFile() {
    return metricsFile;
  }

  Optional<String> dataset() {
    return dataset;
  }

  Optional<String> webhook() {
    return webhook;
  }

  WebhookOn when() {
    return when;
  }

  Optional<String> reportUrl() {
    return reportUrl;
  }
}
