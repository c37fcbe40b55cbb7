package io.nightjar.cli.progress;

import io.nightjar.job.options.StageWork;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A moving bar for each category: its stage in words; and one for all categories. */
final class BarProgress extends ConsoleProgress {
  private static final int UPDATE_MILLIS = 500;
  private static final String WHOLE = "all";

  private final PrintWriter err;
  private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final WholeRun whole = new WholeRun();
  // Notified when the bars have come to rest, so that they are not torn apart.
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Ticker ticker;

  BarProgress(PrintWriter err) {
    this.err = err;
    this.ticker = new Ticker(Duration.ofMillis(UPDATE_MILLIS), this::poll);
  }

  @Override
  public synchronized void part(String name, int number, int parts) {
    whole.part(name, number, parts);
  }

  @Override
  public synchronized void begins(Map<String, Integer> images) {
    whole.begins(images);
  }

  @Override
  public synchronized void stage(String category, StageWork work) {
    Stage stage = Stage.begin(category, work);
    stages.put(category, stage);
    whole.works(category, System.nanoTime());
    ProgressBar bar = bars.computeIfAbsent(category, BarProgress::bar);
    bar.reset();
    bar.maxHint(work.total() == 0 ? -1 : work.total());
    bar.setExtraMessage(" " + stage.heading());
  }

  @Override
  public void finished(String category, String summary) {
    end(category, true, summary);
  }

  @Override
  public void failed(String category, String reason) {
    end(category, false, "FAILED");
    failures.add(category + " FAILED: " + reason);
  }

  @Override
  public synchronized void close() {
    ticker.close();
    bars.values().forEach(ProgressBar::close);
    bars.clear();
    failures.forEach(err::println);
    failures.clear();
    err.flush();
  }

  private synchronized void end(String category, boolean withResult, String message) {
    stages.remove(category);
    whole.ended(category, withResult, System.nanoTime());
    ProgressBar bar = bars.remove(category);
    if (bar != null) {
      bar.stepTo(bar.getMax());
      bar.setExtraMessage(" " + message);
      bar.close();
    }
    poll();
  }

  private synchronized void poll() {
    stages.forEach(
        (category, stage) -> {
          ProgressBar bar = bars.get(category);
          if (bar != null) {
            if (stage.work().total() > 0) {
              bar.stepTo(stage.work().handled());
            }
            bar.setExtraMessage(" " + stage.describe());
          }
        });
    whole
        .describe(System.nanoTime())
        .ifPresent(
            text -> bars.computeIfAbsent(WHOLE, BarProgress::bar).setExtraMessage(" " + text));
  }

  /** The library would add an estimate of its own, from the first image on. */
  private static ProgressBar bar(String category) {
    return new ProgressBarBuilder()
        .setTaskName(Text.format("%-12s", category))
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .hideEta()
        .setInitialMax(0)
        .build();
  }
}
