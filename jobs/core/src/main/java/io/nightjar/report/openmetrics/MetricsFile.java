package io.nightjar.report.openmetrics;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.text.Text;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of metrics. The ending of its name decides on its format: Prometheus' text format 0.0.4
 * for {@code .prom}, which the node exporter's textfile collector reads, and OpenMetrics 1.0
 * otherwise. No value has a timestamp of its own, since neither that collector nor a push gateway
 * takes a file that has one.
 */
public final class MetricsFile {
  private static final String PROMETHEUS = ".prom";

  private MetricsFile() {}

  /**
   * Refuses a location that no file can have.
   *
   * @throws InvalidInputException in a sentence
   */
  public static void requireLocation(String location) {
    try {
      Path path = HadoopPaths.parse(location);
      if (!path.getName().isEmpty() && !location.endsWith("/")) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("--metrics-file %s is no location: %s.", location, e.getMessage()), e);
    }
    throw new InvalidInputException(
        Text.format(
            "--metrics-file %s is a folder; name a file, such as nightjar.prom in it.", location));
  }

  /**
   * Writes the metrics in place of what the file held; a reader sees all of the old ones or all of
   * the new ones.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(String location, MetricFamilies families, Configuration configuration)
      throws IOException {
    Path path = HadoopPaths.parse(location);
    FileSystem files = PlainFiles.of(path, configuration);
    AtomicFiles.of(files, configuration)
        .replace(files.makeQualified(path), content(location, families));
  }

  /** The metrics in the format of the name. */
  static byte[] content(String name, MetricFamilies families) throws IOException {
    ExpositionFormatWriter writer =
        name.endsWith(PROMETHEUS)
            ? PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build()
            : OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    writer.write(content, families.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    return content.toByteArray();
  }
}
