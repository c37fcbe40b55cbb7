package io.nightjar.cli.progress;

import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A moving bar for each category: stage, how much is done, rate, time left. */
final class BarProgress implements ConsoleProgress {
  private static final int UPDATE_MILLIS = 500;

  private final PrintWriter err;
  private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  // Notified when the bars have come to rest, so that they are not torn apart.
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Ticker ticker;

  BarProgress(PrintWriter err) {
    this.err = err;
    this.ticker = new Ticker(Duration.ofMillis(UPDATE_MILLIS), this::poll);
  }

  @Override
  public synchronized void stage(String category, String stage, long total, LongSupplier done) {
    stages.put(category, Stage.begin(category, stage, total, done));
    ProgressBar bar = bars.computeIfAbsent(category, BarProgress::bar);
    bar.reset();
    bar.maxHint(total == 0 ? -1 : total);
    bar.setExtraMessage(" " + stage);
  }

  @Override
  public void finished(String category, String summary) {
    end(category, summary);
  }

  @Override
  public void failed(String category, String reason) {
    end(category, "FAILED");
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

  private synchronized void end(String category, String message) {
    stages.remove(category);
    ProgressBar bar = bars.remove(category);
    if (bar != null) {
      bar.stepTo(bar.getMax());
      bar.setExtraMessage(" " + message);
      bar.close();
    }
  }

  private synchronized void poll() {
    stages.forEach(
        (category, stage) -> {
          ProgressBar bar = bars.get(category);
          if (bar != null && stage.total() > 0) {
            bar.stepTo(Math.min(stage.total(), stage.done().getAsLong()));
          }
        });
  }

  private static ProgressBar bar(String category) {
    return new ProgressBarBuilder()
        .setTaskName(Text.format("%-12s", category))
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
        .setInitialMax(0)
        .build();
  }
}
