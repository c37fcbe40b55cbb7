package io.nightjar.cli.progress;

import io.nightjar.text.Text;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A stage that a category is in, and how far it has come. */
record Stage(String category, String name, long total, LongSupplier done, long startNanos) {

  static Stage begin(String category, String name, long total, LongSupplier done) {
    return new Stage(category, name, total, done, System.nanoTime());
  }

  /** What is done, rate and time left: "score test images: 96/209, 10.2/s, 11 s left". */
  String describe() {
    if (total == 0) {
      return name;
    }
    long now = Math.min(total, done.getAsLong());
    if (now == total) {
      return Text.format("%s: all %d seen, finishing", name, total);
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double rate = now / seconds;
    String text = Text.format("%s: %d/%d", name, now, total);
    return now == 0
        ? text
        : text + Text.format(", %.1f/s, %s left", rate, words((total - now) / rate));
  }

  private static String words(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    return left.toMinutes() == 0
        ? left.toSeconds() + " s"
        : left.toHours() == 0
            ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
            : left.toHours() + " h " + left.toMinutesPart() + " min";
  }
}
