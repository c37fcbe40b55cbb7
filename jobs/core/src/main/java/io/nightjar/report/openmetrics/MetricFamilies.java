package io.nightjar.report.openmetrics;

import io.nightjar.text.Addresses;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of {@linkplain Family families}, gathered one by one. Each carries the labels of the run
 * and its own; no value is NaN or infinite, and addresses in labels are redacted.
 */
public final class MetricFamilies {
  private final Map<String, String> common;
  private final Map<Family, List<DataPointSnapshot>> points = new EnumMap<>(Family.class);

  /** None yet; every value will have these labels. */
  public MetricFamilies(Map<String, String> common) {
    this.common = new LinkedHashMap<>(common);
  }

  /**
   * Adds a value; one that is no finite number is left out.
   *
   * @param labels names and values in turn
   */
  public MetricFamilies add(Family family, double value, String... labels) {
    if (Double.isFinite(value)) {
      point(
          family, GaugeDataPointSnapshot.builder().value(value).labels(withCommon(labels)).build());
    }
    return this;
  }

  /** Adds 1 or 0. */
  public MetricFamilies add(Family family, boolean value, String... labels) {
    return add(family, value ? 1 : 0, labels);
  }

  /** Adds a set of states, of which one holds. */
  public MetricFamilies addState(
      Family family, List<String> states, String holds, String... labels) {
    StateSetDataPointSnapshot.Builder set =
        StateSetDataPointSnapshot.builder().labels(withCommon(labels));
    states.forEach(state -> set.state(state, state.equals(holds)));
    point(family, set.build());
    return this;
  }

  /** Adds what is constant, in labels alone. */
  public MetricFamilies addInfo(Family family, String... labels) {
    point(family, InfoDataPointSnapshot.builder().labels(withCommon(labels)).build());
    return this;
  }

  private void point(Family family, DataPointSnapshot point) {
    points.computeIfAbsent(family, none -> new ArrayList<>()).add(point);
  }

  private Labels withCommon(String... labels) {
    Map<String, String> all = new LinkedHashMap<>(common);
    for (int i = 0; i < labels.length; i += 2) {
      all.put(labels[i], labels[i + 1]);
    }
    Labels.Builder builder = Labels.builder();
    all.forEach((name, value) -> builder.label(name, Addresses.redacted(value)));
    return builder.build();
  }

  MetricSnapshots snapshots() {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    points.forEach((family, values) -> snapshots.add(snapshot(family, values)));
    return new MetricSnapshots(snapshots);
  }

  private static MetricSnapshot snapshot(Family family, List<DataPointSnapshot> values) {
    switch (family.kind()) {
      case INFO -> {
        InfoSnapshot.Builder info =
            InfoSnapshot.builder().name(family.metric()).help(family.help());
        values.forEach(value -> info.dataPoint((InfoDataPointSnapshot) value));
        return info.build();
      }
      case STATES -> {
        StateSetSnapshot.Builder states =
            StateSetSnapshot.builder().name(family.metric()).help(family.help());
        values.forEach(value -> states.dataPoint((StateSetDataPointSnapshot) value));
        return states.build();
      }
      case GAUGE, SECONDS -> {
        GaugeSnapshot.Builder gauge =
            GaugeSnapshot.builder().name(family.metric()).help(family.help());
        family.unit().ifPresent(unit -> gauge.unit(new Unit(unit)));
        values.forEach(value -> gauge.dataPoint((GaugeDataPointSnapshot) value));
        return gauge.build();
      }
    }
    throw new IllegalStateException("No snapshot of " + family);
  }
}
