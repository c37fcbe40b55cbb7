package io.nightjar.faults;

import io.nightjar.cli.Nightjar;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/** A process that scores the same images again and again, and says what it takes meanwhile. */
final class ScoringProcess {
  private static final int SAMPLES = 4;
  private static final int SETTLE_MILLIS = 2000;

  private ScoringProcess() {}

  /**
   * What the process has.
   *
   * @param runs that have ended
   * @param heapKib used after a collection
   * @param residentKib memory of the whole process
   */
  record Taken(int runs, int threads, int files, long heapKib, long residentKib) {
    private static final String WORD = "taken";

    static Taken now(int runs) throws IOException, InterruptedException {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(SETTLE_MILLIS / 3); // Spark frees what is no longer referenced afterwards
      }
      List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
      try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
        return new Taken(
            runs,
            (int) number(status, "Threads:"),
            (int) files.count(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10,
            number(status, "VmRSS:"));
      }
    }

    private static long number(List<String> status, String name) {
      return status.stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }

    private String line() {
      return Text.format("%s %d %d %d %d %d", WORD, runs, threads, files, heapKib, residentKib);
    }

    /** What the process has said. */
    static List<Taken> read(String output) {
      List<Taken> taken = new ArrayList<>();
      for (String line : output.lines().filter(l -> l.startsWith(WORD + " ")).toList()) {
        String[] fields = line.split(" ", -1);
        taken.add(
            new Taken(
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5])));
      }
      return taken;
    }
  }

  /**
   * Runs a command line.
   *
   * @param arguments the number of runs, {@code true} for one Spark for all of them, the folder for
   *     the results, and the command line without it
   */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    int runs = Integer.parseInt(arguments[0]);
    if (Boolean.parseBoolean(arguments[1])) {
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();
    }
    Path out = Path.of(arguments[2]);
    List<String> line = new ArrayList<>(List.of(arguments).subList(3, arguments.length));
    line.addAll(List.of("--out", out.toString()));
    PrintStream console = System.out;
    System.setOut(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    for (int run = 1; run <= runs; run++) {
      Nightjar.main(line.toArray(String[]::new));
      FileUtils.deleteDirectory(out.toFile());
      if (run % (runs / SAMPLES) == 0) {
        console.println(Taken.now(run).line());
      }
    }
    System.exit(0);
  }
}
