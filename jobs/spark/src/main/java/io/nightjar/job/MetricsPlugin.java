package io.nightjar.job;

import io.nightjar.job.monitor.RunMeters;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Shows how far actions are in Spark's metrics system, so that every sink of the cluster has it.
 * The command line adds it to the sessions that it starts; elsewhere it is named where Spark is
 * started: {@code spark.plugins io.nightjar.job.MetricsPlugin}.
 */
public final class MetricsPlugin implements SparkPlugin {

  /** Creates the plugin; Spark does so. */
  public MetricsPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext plugin) {
        RunMeters.ofTheProcess().showIn(plugin.metricRegistry());
        return Map.of();
      }

      @Override
      public void shutdown() {
        RunMeters.ofTheProcess().hide();
      }
    };
  }

  /** None: everything is counted on the driver. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }
}
