package io.nightjar.cli.outcome;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.report.openmetrics.Family;
import io.nightjar.report.openmetrics.MetricFamilies;
import io.nightjar.report.openmetrics.MetricsFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * A file of metrics that a command replaces while it runs, with the labels that it has at its end.
 *
 * @param location of the file
 * @param command its name
 * @param dataset what it reads
 */
public record LiveMetrics(String location, String command, String dataset) {

  /**
   * Replaces the file.
   *
   * @param source adds the metrics
   * @param configuration of the file systems
   * @throws IOException if it cannot be written
   */
  public void write(Consumer<MetricFamilies> source, Configuration configuration)
      throws IOException {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("command", command);
    labels.put("dataset", dataset);
    MetricFamilies families =
        new MetricFamilies(labels)
            .addInfo(Family.BUILD, "version", BuildInfo.version(), "commit", BuildInfo.commit());
    source.accept(families);
    MetricsFile.write(location, families, configuration);
  }
}
