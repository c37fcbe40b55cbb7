package io.nightjar.metric.threshold;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.BinCountsCodec;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.text.Text;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.UncheckedIOException;

/**
 * Counts of positive and negative pixels by score: all that pixel metrics need, for any number of
 * pixels in at most 13 MiB of memory, and in about a byte for each filled bin when serialised.
 *
 * <p>Merging is associative and commutative, and the same pixels give equal histograms, bit for
 * bit, however they were split and in whatever order they were counted and merged. Up to 256
 * distinct scores are always kept exactly. With more, neighbouring float values share bins of equal
 * relative width, the narrowest for which there is room (2^-17 for distances over seven octaves),
 * and the metrics carry bounds.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ScoreHistogram implements Externalizable, KryoSerializable {
  private static final long serialVersionUID = 1L;

  private BinCounts counts = new BinCounts();

  /** An empty histogram. */
  public ScoreHistogram() {}

  /**
   * Counts one pixel.
   *
   * @throws IllegalArgumentException if the score is NaN or infinite; nothing is counted then
   */
  public void add(float score, boolean positive) {
    addRow(new float[] {score}, new boolean[] {positive}, 1);
  }

  /**
   * Counts the first {@code n} pixels of a row.
   *
   * @throws IllegalArgumentException if a score is NaN or infinite; nothing of the row is counted
   *     then
   */
  public void addRow(float[] scores, boolean[] positive, int n) {
    if (n < 0 || n > scores.length || n > positive.length) {
      throw new IllegalArgumentException(
          Text.format(
              "Cannot count %d pixels of %d scores and %d labels",
              n, scores.length, positive.length));
    }
    Scores.requireFinite(scores, n);
    counts.addRow(scores, positive, n);
  }

  /** Adds the counts of the other histogram, which is left unchanged. */
  @SuppressWarnings("ReferenceEquality") // an equal histogram may be merged, this very one not
  public void merge(ScoreHistogram other) {
    if (other == this) {
      throw new IllegalArgumentException("A histogram cannot be merged into itself");
    }
    counts.merge(other.counts);
  }

  /** The metrics of all pixels counted so far. */
  public PixelMetrics metrics() {
    return PixelMetricsSweep.over(counts);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    BinCountsCodec.write(counts, out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    counts = BinCountsCodec.read(in);
  }

  @Override
  public void write(Kryo kryo, Output output) {
    try {
      BinCountsCodec.write(counts, new DataOutputStream(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(Kryo kryo, Input input) {
    try {
      counts = BinCountsCodec.read(new DataInputStream(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the other counted the same numbers of positives and negatives at the same scores. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreHistogram histogram && counts.equals(histogram.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }
}
