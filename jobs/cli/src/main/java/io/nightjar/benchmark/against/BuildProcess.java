package io.nightjar.benchmark.against;

import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** A command of a build in a process of its own, whose time and memory are watched. */
final class BuildProcess {
  /** The system counts processor time in hundredths of a second. */
  private static final long EVERY_MILLIS = 20;

  private static final int SHOWN_LINES = 5;

  private final Build build;
  private final List<String> arguments;
  private final Path log;

  /**
   * @param log receives what the process prints
   */
  BuildProcess(Build build, List<String> arguments, Path log) {
    this.build = build;
    this.arguments = arguments;
    this.log = log;
  }

  /**
   * Runs it.
   *
   * @return seconds, processor seconds and, where the system knows, megabytes
   * @throws InvalidInputException if it ends with another exit code than 0
   */
  Map<String, Double> run() throws IOException {
    List<String> command = new ArrayList<>(build.command());
    command.addAll(arguments);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    Duration processor = Duration.ZERO;
    long peak = 0;
    try {
      while (!process.waitFor(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        processor = process.info().totalCpuDuration().orElse(processor);
        peak = Math.max(peak, PeakMemory.residentPeak(Long.toString(process.pid())).orElse(0));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while " + build.name() + " ran");
    } finally {
      process.destroy();
    }
    Map<String, Double> taken = new LinkedHashMap<>();
    taken.put(BuildRun.WALL, (System.nanoTime() - start) / 1e9);
    if (process.exitValue() != 0) {
      throw new InvalidInputException(
          Text.format(
              "%s ended with exit code %d: %s",
              capitalised(build.name()), process.exitValue(), lastLines()));
    }
    if (!processor.isZero()) {
      taken.put(BuildRun.PROCESSOR, processor.toMillis() / 1e3);
    }
    if (peak > 0) {
      taken.put(BuildRun.RESIDENT, peak / (double) (1 << 20));
    }
    return taken;
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(" ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
  }

  private static String capitalised(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
