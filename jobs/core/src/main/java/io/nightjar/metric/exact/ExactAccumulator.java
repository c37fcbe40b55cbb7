package io.nightjar.metric.exact;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.ScoreBits;
import io.nightjar.score.RowConsumer;
import io.nightjar.text.Text;
import java.util.Arrays;

/**
 * Keeps the pixels of one range of scores: 4 bytes a pixel, or 16 bytes a value where a single bin
 * has more pixels than values. Feed it every image that was counted, in any order.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ExactAccumulator {
  private final ExactRange range;
  private final Kept positives;
  private final Kept negatives;

  /** An accumulator without pixels. */
  public ExactAccumulator(ExactRange range) {
    this.range = range;
    long values = Integer.toUnsignedLong(range.toKey()) - Integer.toUnsignedLong(range.fromKey());
    boolean byValue = range.singleBin() && values < range.pixels();
    positives = kept(byValue, range.positives());
    negatives = kept(byValue, range.negatives());
  }

  private Kept kept(boolean byValue, long pixels) {
    return byValue ? new Tally(range) : new KeyList(Math.toIntExact(pixels));
  }

  /** Takes the scores of an image row by row against its ground truth of the same size. */
  public RowConsumer image(Mask mask) {
    boolean[] truth = new boolean[mask.width()];
    return (y, scores) -> {
      mask.row(y, truth);
      addRow(scores, truth, mask.width());
    };
  }

  private void addRow(float[] scores, boolean[] truth, int n) {
    // Shifted by the range's start, the keys inside are the smallest unsigned integers.
    int from = range.fromKey();
    int span = range.toKey() - from + Integer.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      int key = ScoreBits.key(scores[i]);
      if (key - from + Integer.MIN_VALUE <= span) {
        (truth[i] ? positives : negatives).add(key);
      }
    }
  }

  /**
   * The range's contribution to the metrics.
   *
   * @throws IllegalStateException if the numbers of pixels differ from those of the first pass
   */
  public ExactPart part() {
    if (positives.count() != range.positives() || negatives.count() != range.negatives()) {
      throw new IllegalStateException(
          Text.format(
              "The first pass counted %d positive and %d negative pixels between %s and %s, now there are %d and %d; the scores have changed between the passes",
              range.positives(),
              range.negatives(),
              ScoreBits.score(range.fromKey()),
              ScoreBits.score(range.toKey()),
              positives.count(),
              negatives.count()));
    }
    ExactSweep sweep = new ExactSweep(range);
    Kept.Cursor positive = positives.descending();
    Kept.Cursor negative = negatives.descending();
    while (!positive.done() || !negative.done()) {
      int key = higher(positive, negative);
      sweep.value(positive.take(key), negative.take(key));
    }
    return sweep.part();
  }

  private static int higher(Kept.Cursor a, Kept.Cursor b) {
    if (a.done() || b.done()) {
      return a.done() ? b.key() : a.key();
    }
    return Integer.compareUnsigned(a.key(), b.key()) > 0 ? a.key() : b.key();
  }

  /** Keys of pixels of one label. */
  private interface Kept {
    void add(int key);

    long count();

    Cursor descending();

    /** Walks down the distinct keys. */
    interface Cursor {
      boolean done();

      int key();

      /** Returns how many pixels have this key, and moves past it. */
      long take(int key);
    }
  }

  /** One entry for each pixel. */
  private static final class KeyList implements Kept {
    /** Keys less 2^31, so that signed integers sort as the scores do. */
    private final int[] keys;

    private int count;

    KeyList(int capacity) {
      keys = new int[capacity];
    }

    @Override
    public void add(int key) {
      if (count < keys.length) {
        keys[count] = key ^ Integer.MIN_VALUE;
      }
      count++;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public Cursor descending() {
      Arrays.sort(keys);
      return new Cursor() {
        private int left = keys.length;

        @Override
        public boolean done() {
          return left == 0;
        }

        @Override
        public int key() {
          return keys[left - 1] ^ Integer.MIN_VALUE;
        }

        @Override
        public long take(int key) {
          int before = left;
          while (left > 0 && key() == key) {
            left--;
          }
          return (long) before - left;
        }
      };
    }
  }

  /** One entry for each value of the range. */
  private static final class Tally implements Kept {
    private final int from;
    private final long[] counts;

    Tally(ExactRange range) {
      from = range.fromKey();
      counts = new long[range.toKey() - from + 1];
    }

    @Override
    public void add(int key) {
      counts[key - from]++;
    }

    @Override
    public long count() {
      return Arrays.stream(counts).sum();
    }

    @Override
    public Cursor descending() {
      return new Cursor() {
        private int at = next(counts.length);

        private int next(int below) {
          int found = below - 1;
          while (found >= 0 && counts[found] == 0) {
            found--;
          }
          return found;
        }

        @Override
        public boolean done() {
          return at < 0;
        }

        @Override
        public int key() {
          return from + at;
        }

        @Override
        public long take(int key) {
          if (done() || key() != key) {
            return 0;
          }
          long taken = counts[at];
          at = next(at);
          return taken;
        }
      };
    }
  }
}
