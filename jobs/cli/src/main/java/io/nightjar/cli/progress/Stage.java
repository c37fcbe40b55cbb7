package io.nightjar.cli.progress;

import io.nightjar.job.options.StageWork;
import io.nightjar.text.Text;
import java.util.OptionalDouble;

/**
 * A stage that a category is in, and how far it has come. The rate is that since the first look at
 * which something was handled: what comes before is the start of tasks and not their pace.
 */
final class Stage {
  /** An estimate before would say more of the first batch than of the stage. */
  static final double EARLIEST_SECONDS = 20;

  static final double EARLIEST_FRACTION = 0.1;
  private static final double SLOW = 0.1;

  private final String category;
  private final StageWork work;
  private final long startNanos;
  private long firstNanos;
  private long firstHandled;

  private Stage(String category, StageWork work, long startNanos) {
    this.category = category;
    this.work = work;
    this.startNanos = startNanos;
  }

  static Stage begin(String category, StageWork work) {
    return begin(category, work, System.nanoTime());
  }

  static Stage begin(String category, StageWork work, long nanos) {
    return new Stage(category, work, nanos);
  }

  String category() {
    return category;
  }

  StageWork work() {
    return work;
  }

  /** Its name and how much it is to handle: "embed 209 images" is "embed images: 209 images". */
  String heading() {
    return work.total() == 0
        ? work.name()
        : Text.format("%s: %s", work.name(), work.counted().of(work.total()));
  }

  /**
   * What is done, the rate and the time left: "score test images: 96 of 209 images, 10.2 a second,
   * about 15 s left".
   */
  String describe() {
    return describe(System.nanoTime());
  }

  /** The same at a time. */
  synchronized String describe(long nanos) {
    if (work.total() == 0) {
      return Text.format("%s, for %s", work.name(), Times.words((nanos - startNanos) / 1e9));
    }
    long handled = work.handled();
    if (handled == work.total()) {
      return Text.format(
          "%s: all %s handled, now: %s",
          work.name(), work.counted().of(work.total()), work.after());
    }
    String text =
        Text.format("%s: %d of %s", work.name(), handled, work.counted().of(work.total()));
    OptionalDouble rate = rate(handled, nanos);
    if (rate.isEmpty()) {
      return text;
    }
    return text
        + Text.format(
            ", %s, about %s left",
            pace(rate.getAsDouble()), Times.roughly((work.total() - handled) / rate.getAsDouble()));
  }

  /** How many a second; empty while it would mean nothing. */
  private OptionalDouble rate(long handled, long nanos) {
    if (handled == 0) {
      return OptionalDouble.empty();
    }
    if (firstNanos == 0) {
      firstNanos = nanos;
      firstHandled = handled;
      return OptionalDouble.empty();
    }
    double seconds = (nanos - firstNanos) / 1e9;
    boolean early =
        seconds < EARLIEST_SECONDS || handled - firstHandled < EARLIEST_FRACTION * work.total();
    return early || handled == firstHandled
        ? OptionalDouble.empty()
        : OptionalDouble.of((handled - firstHandled) / seconds);
  }

  private String pace(double rate) {
    return rate < SLOW
        ? Text.format("%.0f s %s", 1 / rate, work.counted().one())
        : Text.format("%.1f %s a second", rate, work.counted().many());
  }
}
