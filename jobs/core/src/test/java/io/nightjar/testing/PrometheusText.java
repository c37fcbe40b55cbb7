package io.nightjar.testing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/**
 * Metrics in Prometheus' text format, read by a parser that has nothing to do with their writer.
 */
public final class PrometheusText {
  private PrometheusText() {}

  /** One value. */
  public record Sample(String name, Map<String, String> labels) {
    public static Sample of(String name, String... labels) {
      Map<String, String> all = new TreeMap<>();
      for (int i = 0; i < labels.length; i += 2) {
        all.put(labels[i], labels[i + 1]);
      }
      return new Sample(name, all);
    }
  }

  /** The families, in their order. */
  public static List<MetricFamily> families(String text) {
    CollectorPrometheusMetricsWalker found = new CollectorPrometheusMetricsWalker();
    new TextPrometheusMetricsProcessor(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), found)
        .walk();
    List<MetricFamily> families = found.getAllMetricFamilies();
    return families == null ? List.of() : families;
  }

  /**
   * Spark's text as the parser needs it: with a type for every metric, without which it passes a
   * metric over, and without blanks between labels.
   */
  public static String typed(String text) {
    StringBuilder typed = new StringBuilder();
    String last = "";
    for (String line : text.split("\n", -1)) {
      String name = line.replaceFirst("[{ ].*$", "");
      if (!line.isBlank() && !line.startsWith("#") && !name.equals(last)) {
        typed.append("# TYPE ").append(name).append(" gauge\n");
        last = name;
      }
      typed.append(line.replace("\", ", "\",")).append('\n');
    }
    return typed.toString();
  }

  /** All values of gauges and counters. */
  public static Map<Sample, Double> samples(String text) {
    Map<Sample, Double> samples = new LinkedHashMap<>();
    for (MetricFamily family : families(text)) {
      for (Metric metric : family.getMetrics()) {
        Sample sample = new Sample(metric.getName(), new TreeMap<>(metric.getLabels()));
        if (metric instanceof Gauge gauge) {
          samples.put(sample, gauge.getValue());
        } else if (metric instanceof Counter counter) {
          samples.put(sample, counter.getValue());
        }
      }
    }
    return samples;
  }
}
