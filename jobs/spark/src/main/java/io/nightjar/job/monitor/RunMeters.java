package io.nightjar.job.monitor;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.nightjar.job.options.StageWork;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What all actions of a Spark application have done so far, and do now. Every number but that of
 * the running categories only grows, until another application begins in the process.
 */
public final class RunMeters {
  private static final RunMeters OF_THE_PROCESS = new RunMeters();

  /** The stages that embed each of their images once. */
  private static final Set<String> EMBEDDING =
      Set.of(
          "embed normal images",
          "embed test images",
          "score test images",
          "embed the new images and compare them");

  /** The stages after which each of their images has a score. */
  private static final Set<String> SCORING =
      Set.of("score test images", "search the shards", "embed the new images and compare them");

  private final Map<String, Double> seconds = new HashMap<>();
  private final Map<String, Long> handled = new HashMap<>();
  private final Map<Object, Running> running = new LinkedHashMap<>();
  private final Map<Object, Integer> leftOut = new HashMap<>();
  private final Set<String> registered = new HashSet<>();
  private Optional<MetricRegistry> registry = Optional.empty();
  private long begun;
  private long done;
  private long failed;

  /** None yet. */
  RunMeters() {}

  private record Running(StageWork work, long startNanos) {
    double seconds() {
      return (System.nanoTime() - startNanos) / 1e9;
    }
  }

  /** Those of this process, in which at most one Spark application runs at a time. */
  public static RunMeters ofTheProcess() {
    return OF_THE_PROCESS;
  }

  /** Forgets what was, and shows what will be in a registry. */
  public synchronized void showIn(MetricRegistry target) {
    seconds.clear();
    handled.clear();
    running.clear();
    leftOut.clear();
    registered.clear();
    begun = 0;
    done = 0;
    failed = 0;
    registry = Optional.of(target);
    gauge("categories.begun", meters -> meters.begun);
    gauge("categories.done", meters -> meters.done);
    gauge("categories.failed", meters -> meters.failed);
    gauge("categories.running", meters -> meters.running.size());
    gauge("images.embedded", meters -> meters.handled(EMBEDDING));
    gauge("images.scored", meters -> meters.handled(SCORING));
    gauge(
        "files.quarantined",
        meters -> meters.leftOut.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** Shows nothing from now on. */
  public synchronized void hide() {
    registry = Optional.empty();
  }

  private void gauge(String name, ToDoubleFunction<RunMeters> value) {
    if (registry.isPresent() && registered.add(name)) {
      registry
          .get()
          .register(
              name,
              (Gauge<Double>)
                  () -> {
                    synchronized (this) {
                      return value.applyAsDouble(this);
                    }
                  });
    }
  }

  synchronized void begin(int categories) {
    begun += categories;
  }

  /**
   * A category of an action enters a stage.
   *
   * @param of the category in its action
   */
  synchronized void stage(Object of, StageWork work) {
    end(of);
    running.put(of, new Running(work, System.nanoTime()));
    String name = work.name();
    gauge("stages." + key(name) + ".seconds", meters -> meters.seconds(name));
    if (work.total() > 0) {
      gauge(
          "stages." + key(name) + "." + work.counted().many(),
          meters -> meters.handled(Set.of(name)));
    }
  }

  private void end(Object of) {
    Running last = running.remove(of);
    if (last != null) {
      seconds.merge(last.work().name(), last.seconds(), Double::sum);
      handled.merge(last.work().name(), last.work().handled(), Long::sum);
    }
  }

  synchronized void leftOut(Object of, int files) {
    leftOut.put(of, files);
  }

  synchronized void finished(Object of) {
    end(of);
    done++;
  }

  synchronized void failed(Object of) {
    end(of);
    failed++;
  }

  private double seconds(String stage) {
    return seconds.getOrDefault(stage, 0.0)
        + running.values().stream()
            .filter(one -> one.work().name().equals(stage))
            .mapToDouble(Running::seconds)
            .sum();
  }

  private long handled(Set<String> stages) {
    return stages.stream().mapToLong(stage -> handled.getOrDefault(stage, 0L)).sum()
        + running.values().stream()
            .filter(one -> stages.contains(one.work().name()))
            .mapToLong(one -> one.work().handled())
            .sum();
  }

  /** A part of a name that every sink takes. */
  static String key(String stage) {
    return stage.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }
}
