package io.nightjar.cli.progress;

import io.nightjar.job.options.StageWork;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A line for each stage, and one a while later for what still runs. */
final class LineProgress extends ConsoleProgress {
  private static final Duration REPEAT = Duration.ofSeconds(15);
  private static final String WHOLE = "all";

  private final PrintWriter err;
  private final long start = System.nanoTime();
  private final Map<String, Stage> running = new ConcurrentHashMap<>();
  private final WholeRun whole = new WholeRun();
  private final Ticker ticker;

  LineProgress(PrintWriter err) {
    this(err, REPEAT);
  }

  LineProgress(PrintWriter err, Duration repeat) {
    this.err = err;
    this.ticker = new Ticker(repeat, this::repeat);
  }

  @Override
  public void part(String name, int number, int parts) {
    whole.part(name, number, parts);
    line(WHOLE, WholeRun.part(number, parts) + ": " + name);
  }

  @Override
  public void begins(Map<String, Integer> images) {
    whole.begins(images);
  }

  @Override
  public void stage(String category, StageWork work) {
    Stage stage = Stage.begin(category, work);
    running.put(category, stage);
    whole.works(category, System.nanoTime());
    line(category, stage.heading());
  }

  @Override
  public void finished(String category, String summary) {
    end(category, true, "done: " + summary);
  }

  @Override
  public void failed(String category, String reason) {
    end(category, false, "FAILED: " + reason);
  }

  private void end(String category, boolean withResult, String text) {
    running.remove(category);
    whole.ended(category, withResult, System.nanoTime());
    line(category, text);
    whole.describe(System.nanoTime()).ifPresent(sum -> line(WHOLE, sum));
  }

  @Override
  public void close() {
    ticker.close();
  }

  private void repeat() {
    running.values().forEach(stage -> line(stage.category(), stage.describe()));
  }

  private void line(String category, String text) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000L;
    err.println(Text.format("[%02d:%02d] %-12s %s", seconds / 60, seconds % 60, category, text));
  }
}
