package io.nightjar.cli.progress;

import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A line for each stage, and one a while later for what still runs. */
final class LineProgress implements ConsoleProgress {
  private static final Duration REPEAT = Duration.ofSeconds(15);

  private final PrintWriter err;
  private final long start = System.nanoTime();
  private final Map<String, Stage> running = new ConcurrentHashMap<>();
  private final Ticker ticker;

  LineProgress(PrintWriter err) {
    this.err = err;
    this.ticker = new Ticker(REPEAT, this::repeat);
  }

  @Override
  public void stage(String category, String stage, long total, LongSupplier done) {
    running.put(category, Stage.begin(category, stage, total, done));
    line(category, total == 0 ? stage : stage + " (" + total + ")");
  }

  @Override
  public void finished(String category, String summary) {
    running.remove(category);
    line(category, "done: " + summary);
  }

  @Override
  public void failed(String category, String reason) {
    running.remove(category);
    line(category, "FAILED: " + reason);
  }

  @Override
  public void close() {
    ticker.close();
  }

  private void repeat() {
    running.values().stream()
        .filter(stage -> stage.total() > 0)
        .forEach(stage -> line(stage.category(), stage.describe()));
  }

  private void line(String category, String text) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000L;
    err.println(Text.format("[%02d:%02d] %-12s %s", seconds / 60, seconds % 60, category, text));
  }
}
