package io.nightjar.benchmark.harness;

import io.nightjar.benchmark.harness.Measurement.Role;
import io.nightjar.text.Text;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** One way of doing a step, its runs, and the result of the last one. */
public final class Candidate<R> {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

  private final String name;
  private final Role role;
  private final int threads;
  private final Map<Quantity, Double> work;
  private final Callable<R> run;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> cpuSeconds = new ArrayList<>();
  private int warmUps;
  private double spent;
  private R result;

  private Candidate(
      String name, Role role, int threads, Map<Quantity, Double> work, Callable<R> run) {
    this.name = name;
    this.role = role;
    this.threads = threads;
    this.work = work;
    this.run = run;
  }

  /** Nightjar's own way. */
  public static <R> Candidate<R> ours(
      String name, int threads, Map<Quantity, Double> work, Callable<R> run) {
    return new Candidate<>(name, Role.OURS, threads, work, run);
  }

  /** Another way to the same result. */
  public static <R> Candidate<R> baseline(
      String name, int threads, Map<Quantity, Double> work, Callable<R> run) {
    return new Candidate<>(name, Role.BASELINE, threads, work, run);
  }

  /** A different computation that shows what the machine can do. */
  public static <R> Candidate<R> yardstick(
      String name, int threads, Map<Quantity, Double> work, Callable<R> run) {
    return new Candidate<>(name, Role.YARDSTICK, threads, work, run);
  }

  /**
   * Runs without timing for a while. A baseline whose single run takes more than the budget has
   * warmed up on its way: that run counts, and stays the only one.
   */
  void warmUp(double warmUpSeconds, double budget) {
    do {
      time();
      warmUps++;
    } while (spent < warmUpSeconds);
    if (role == Role.BASELINE && spent > budget && warmUps == 1) {
      warmUps = 0;
    } else {
      spent = 0;
      seconds.clear();
      cpuSeconds.clear();
    }
  }

  /** One more timed run, unless the budget is spent. */
  void runWithin(double budget) {
    if (seconds.isEmpty() || spent + seconds.get(seconds.size() - 1) <= budget) {
      time();
    }
  }

  private void time() {
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long before = System.nanoTime();
    result = call();
    double took = (System.nanoTime() - before) / 1e9;
    seconds.add(took);
    cpuSeconds.add((SYSTEM.getProcessCpuTime() - cpuBefore) / 1e9);
    spent += took;
  }

  private R call() {
    try {
      return run.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(Text.format("%s failed: %s", name, e.getMessage()), e);
    }
  }

  /** What the last run found. */
  public R result() {
    return result;
  }

  Measurement measurement() {
    return new Measurement(name, role, threads, work, new Timing(seconds, cpuSeconds, warmUps));
  }
}
