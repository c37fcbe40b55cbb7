package io.nightjar.benchmark.harness;

import java.lang.management.ManagementFactory;

/**
 * What a process pays before any work.
 *
 * @param jvmSeconds from the start of the JVM to the command's first line
 * @param sparkSeconds until Spark is there
 */
public record StartUp(double jvmSeconds, double sparkSeconds) {

  /** The seconds since this JVM started. */
  public static double secondsOfJvm() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - started) / 1e3;
  }
}
