package io.nightjar.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SparkOptionsTest {
  private static final long MIB = 1 << 20;
  private static final long HEADER = 16;

  /** Of 1 to 32 MiB; what is larger than half of one takes whole ones. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4})
  void aPieceOfABroadcastWastesNoRegionOfTheCollector(long region) {
    long piece = options().configuration("test").getSizeAsKb("spark.broadcast.blockSize") << 10;

    long regions = (piece + HEADER + region * MIB - 1) / (region * MIB);

    assertThat(regions * region * MIB - piece).isLessThan(4 << 10);
  }

  @Test
  void whatIsGivenWins() {
    SparkConf conf = options("--conf", "spark.broadcast.blockSize=8m").configuration("test");

    assertThat(conf.get("spark.broadcast.blockSize")).isEqualTo("8m");
  }

  private static SparkOptions options(String... arguments) {
    return CommandLine.populateCommand(new SparkOptions(), arguments);
  }
}
