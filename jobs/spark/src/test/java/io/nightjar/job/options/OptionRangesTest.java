package io.nightjar.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option is refused right outside its range, and taken at its ends. */
class OptionRangesTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("batch-images", "0", call(() -> EmbedOptions.DEFAULT.withBatchImages(0))),
        arguments("batch-images", "1025", call(() -> EmbedOptions.DEFAULT.withBatchImages(1025))),
        arguments("variance", "0.0", call(() -> BankOptions.DEFAULT.withVariance(0))),
        arguments("variance", "1.001", call(() -> BankOptions.DEFAULT.withVariance(1.001))),
        arguments("variance", "NaN", call(() -> BankOptions.DEFAULT.withVariance(Double.NaN))),
        arguments(
            "max-components",
            "0",
            call(() -> BankOptions.DEFAULT.withMaxComponents(OptionalInt.of(0)))),
        arguments("chunk-images", "0", call(() -> FitOptions.DEFAULT.withChunkImages(0))),
        arguments("chunk-images", "4097", call(() -> FitOptions.DEFAULT.withChunkImages(4097))),
        arguments("neighbours", "0", call(() -> SearchOptions.DEFAULT.withNeighbours(0))),
        arguments("search-check-images", "0", call(() -> new SearchCheck(0))),
        arguments("smoothing", "-0.5", call(() -> new MapOptions(-0.5))),
        arguments("smoothing", "1000.5", call(() -> new MapOptions(1000.5))),
        arguments("smoothing", "NaN", call(() -> new MapOptions(Double.NaN))),
        arguments("resolution", "0", call(() -> MeasureOptions.DEFAULT.withResolution(0))),
        arguments("resolution", "16385", call(() -> MeasureOptions.DEFAULT.withResolution(16385))),
        arguments(
            "max-quarantined", "-0.1", call(() -> RunOptions.DEFAULT.withMaxQuarantined(-.1))),
        arguments("max-quarantined", "1.5", call(() -> RunOptions.DEFAULT.withMaxQuarantined(1.5))),
        arguments("partitions", "0", call(() -> RunOptions.DEFAULT.withPartitions(0))),
        arguments(
            "concurrent-categories",
            "0",
            call(() -> RunOptions.DEFAULT.withConcurrentCategories(0))),
        arguments("visualizations", "-1", call(() -> new OutputOptions(-1))));
  }

  private static ThrowingCallable call(ThrowingCallable options) {
    return options;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("refused")
  void aValueOutOfRangeIsRefusedByName(String option, String value, ThrowingCallable options) {
    assertThatThrownBy(options)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The option --" + option + " is " + value + "; it must be ");
  }

  @Test
  void theEndsOfTheRangesAreTaken() {
    assertThat(EmbedOptions.DEFAULT.withBatchImages(1).batchImages()).isEqualTo(1);
    assertThat(EmbedOptions.DEFAULT.withBatchImages(1024).batchImages()).isEqualTo(1024);
    assertThat(BankOptions.DEFAULT.withVariance(1).variance()).isEqualTo(1);
    assertThat(BankOptions.DEFAULT.withMaxComponents(OptionalInt.of(1)).rule().most()).isEqualTo(1);
    assertThat(FitOptions.DEFAULT.withChunkImages(4096).chunkImages()).isEqualTo(4096);
    assertThat(new MapOptions(1000).smoothing()).isEqualTo(1000);
    assertThat(MeasureOptions.DEFAULT.withResolution(16_384).resolution())
        .isEqualTo(OptionalInt.of(16_384));
    assertThat(RunOptions.DEFAULT.withMaxQuarantined(0).maxQuarantined()).isZero();
    assertThat(RunOptions.DEFAULT.withMaxQuarantined(1).maxQuarantined()).isEqualTo(1);
  }

  @Test
  void aChangedOptionLeavesTheOthersOfItsConcern() {
    RunOptions options =
        RunOptions.DEFAULT.withPartitions(7).withConcurrentCategories(3).withMaxQuarantined(0.25);

    assertThat(options).isEqualTo(new RunOptions(0.25, OptionalInt.of(7), OptionalInt.of(3)));
    assertThat(FitOptions.DEFAULT.withPcaSolver(PcaSolver.MLLIB).withChunkImages(32))
        .isEqualTo(new FitOptions(32, TrainPatches.AUTO, PcaSolver.MLLIB));
    assertThat(BankOptions.DEFAULT.withVariance(0.5).withScope(BankScope.UNIFIED))
        .isEqualTo(new BankOptions(BankScope.UNIFIED, 0.5, CoresetOptions.FULL));
  }

  @Test
  void aChoiceByTheClusterIsRecordedAsAuto() {
    assertThat(RunOptions.DEFAULT.withPartitions(7).asMap())
        .isEqualTo(
            Map.of("max_quarantined", 0.01, "partitions", 7, "concurrent_categories", "auto"));
  }

  @Test
  void theBroadcastLimitHoldsOneRowOfFourBytesAChannel() {
    SearchOptions exactlyOneRow = SearchOptions.DEFAULT.withBroadcastLimit(4 * 448);

    exactlyOneRow.requireRoomForARow(448);

    assertThatThrownBy(() -> exactlyOneRow.requireRoomForARow(449))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--broadcast-limit is 1792 bytes", "can take 1796", "449 values");
  }

  @Test
  void aRowHasTheComponentsThatAreKeptAtMost() {
    EmbeddingSpec spec =
        new EmbeddingSpec(Architecture.RESNET18, List.of(1, 3), 64, 8)
            .withImageSizes(List.of(64, 96));

    assertThat(BankOptions.DEFAULT.mostValues(spec)).isEqualTo(2 * (64 + 256));
    assertThat(
            BankOptions.DEFAULT
                .withMaxComponents(OptionalInt.of(3))
                .withPosition(0.25)
                .mostValues(spec))
        .isEqualTo(2 * 3 + 2);
  }

  @Test
  void theSearchCheckIsRecordedOnlyWhereTheSearchIsNotExact() {
    assertThat(new SearchCheck(5).asMap(SearchOptions.DEFAULT)).isEmpty();
  }
}
