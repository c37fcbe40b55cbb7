package io.nightjar.metric.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinLookupTest {

  @Test
  void keysOrderAsScoresDo() {
    float[] ascending = {-Float.MAX_VALUE, -1, -Float.MIN_VALUE, 0, Float.MIN_VALUE, 1.5f, 1e30f};
    for (int i = 1; i < ascending.length; i++) {
      int lower = ScoreBits.key(ascending[i - 1]);
      int upper = ScoreBits.key(ascending[i]);
      assertThat(Integer.compareUnsigned(lower, upper)).as("%s", ascending[i]).isNegative();
      assertThat(ScoreBits.score(upper)).isEqualTo(ascending[i]);
    }
    assertThat(ScoreBits.key(-0f)).isEqualTo(ScoreBits.key(0f));
  }

  @Test
  void aScoreIsInTheLastBinThatStartsAtOrBelowIt() {
    Random random = new Random(4);
    for (int bins : new int[] {1, 2, 3, 50, 4000}) {
      int[] edges = new int[bins];
      for (int i = 1; i < bins; i++) {
        edges[i] = ScoreBits.key(20 * random.nextFloat()) ^ Integer.MIN_VALUE;
      }
      edges[0] = Integer.MIN_VALUE;
      Arrays.sort(edges);
      edges = Arrays.stream(edges).distinct().toArray();
      BinLookup lookup = new BinLookup(edges);
      for (int i = 0; i < 2000; i++) {
        float score = 24 * random.nextFloat() - 2;
        int expected = 0;
        while (expected + 1 < edges.length
            && edges[expected + 1] <= (ScoreBits.key(score) ^ Integer.MIN_VALUE)) {
          expected++;
        }
        assertThat(lookup.bin(score)).as("%s of %d bins", score, bins).isEqualTo(expected);
      }
    }
  }

  @Test
  void aSumKeepsWhatRoundingWouldLose() {
    CompensatedSum sum = new CompensatedSum();
    for (double term : new double[] {1e16, 1, 1, -1e16}) {
      sum.add(term);
    }

    assertThat(1e16 + 1 + 1 - 1e16).isNotEqualTo(2);
    assertThat(sum.value()).isEqualTo(2);
  }

  @Test
  void countsAreReadAsWritten() throws IOException {
    BinCounts counts = new BinCounts();
    counts.addRow(new float[] {3, 0.25f, 3, -7}, new boolean[] {true, false, false, true}, 4);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinCountsCodec.write(counts, new DataOutputStream(bytes));

    BinCounts read =
        BinCountsCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    StringBuilder bins = new StringBuilder();
    read.descending((lowest, p, n) -> bins.append(lowest + " " + p + " " + n + "; "));
    assertThat(bins).hasToString("3.0 1 1; 0.25 0 1; -7.0 1 0; ");
    assertThat(read).isEqualTo(counts);
  }
}
