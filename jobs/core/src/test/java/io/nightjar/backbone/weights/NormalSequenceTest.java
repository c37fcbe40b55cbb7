package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalSequenceTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 7, -1, Long.MIN_VALUE, 0x5DEECE66DL, 1L << 48})
  void hasTheNumbersOfJavasRandom(long seed) {
    NormalSequence sequence = new NormalSequence(seed);
    Random random = new Random(seed);

    assertThat(DoubleStream.generate(sequence::next).limit(10_000).toArray())
        .isEqualTo(DoubleStream.generate(random::nextGaussian).limit(10_000).toArray());
  }
}
