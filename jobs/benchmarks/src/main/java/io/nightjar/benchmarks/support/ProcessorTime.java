package io.nightjar.benchmarks.support;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Processor time, and medians over rounds: other programs' load moves both little. */
public final class ProcessorTime {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private ProcessorTime() {}

  /** The middle value, the upper of the two for an even count. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Seconds of processor time that this process has used. */
  public static double processSeconds() {
    return PROCESS.getProcessCpuTime() / 1e9;
  }

  /** Seconds of processor time that the current thread has used. */
  public static double threadSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  /** Seconds of processor time of the current thread for some work. */
  public static double threadSeconds(Runnable work) {
    double before = threadSeconds();
    work.run();
    return threadSeconds() - before;
  }
}
