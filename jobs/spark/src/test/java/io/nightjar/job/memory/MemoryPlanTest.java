package io.nightjar.job.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** Rows of 1 KiB. */
  private static final int DIMENSION = 256;

  private static final int ROWS_OF_MIB = 1024;

  /** Of its heap 9/10 less 160 MiB are left: 740 MiB of 1000. */
  private static ProcessMemory process(String id, long heapMib) {
    return new ProcessMemory("host-of-" + id, id, heapMib * MIB, 64 * GIB);
  }

  private static MemoryPlan local(long heapMib, int tasks, long maxResult) {
    return new MemoryPlan(
        new ClusterMemory(
            process("driver", heapMib), List.of(), tasks, 0, maxResult, OptionalLong.empty()));
  }

  private static MemoryPlan cluster(long driverMib, long... executorsMib) {
    List<ProcessMemory> executors =
        IntStream.range(0, executorsMib.length)
            .mapToObj(i -> process("executor-" + i, executorsMib[i]))
            .toList();
    return new MemoryPlan(
        new ClusterMemory(process("driver", driverMib), executors, 2, 0, 0, OptionalLong.empty()));
  }

  @Test
  void aBankIsWholeWhereTwiceItsRowsFit() {
    MemoryPlan plan = local(1000, 2, 0);

    BankPlacement fits = plan.place(370 * ROWS_OF_MIB, DIMENSION, true);
    BankPlacement larger = plan.place(370 * ROWS_OF_MIB + 1, DIMENSION, true);

    assertThat(fits.place()).isEqualTo(BankPlacement.Place.WHOLE);
    assertThat(fits.heapBytes()).isEqualTo(740 * MIB);
    assertThat(fits.nativeBytes()).isEqualTo(370 * MIB);
    assertThat(larger.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(larger.reason())
        .isEqualTo(
            "and 775 MB while it is built, more than the 775 MB that the driver's heap of 1048 MB leaves"
                + " for it");
  }

  @Test
  void shardsAndWavesTakeAnEighthOfWhatThereIs() {
    BankPlacement placement = local(400, 2, 0).place(1_000_000, DIMENSION, true);

    // 360 - 160 = 200 MiB: an eighth for a wave, and an eighth for the shards of two tasks.
    assertThat(placement.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(placement.waveBytes()).isEqualTo(25 * MIB);
    assertThat(placement.shardBytes()).isEqualTo(25 * MIB / 2);
    assertThat(placement.heapBytes()).isEqualTo(3 * 25 * MIB + 2 * 25 * MIB);
    assertThat(placement.heapBytes()).isLessThanOrEqualTo(200 * MIB);
  }

  @Test
  void shardsAreNeverLargerThanTheirOwnLimit() {
    BankPlacement placement = local(8000, 2, 0).place(8_000_000, DIMENSION, true);

    assertThat(placement.shardBytes()).isEqualTo(64 * MIB);
    assertThat(placement.waveBytes()).isEqualTo(64 * MIB);
  }

  @Test
  void everyTaskTakesTwoMatricesOfTheChannels() {
    ClusterMemory memory =
        new ClusterMemory(process("driver", 1000), List.of(), 3, 1792, 0, OptionalLong.empty());

    assertThat(memory.driverHeap()).isEqualTo(740 * MIB - 3 * 2 * 8L * 1792 * 1792);
    assertThat(memory.heapFor(memory.driverHeap(), 3)).isBetween(1000 * MIB - 20, 1000 * MIB);
  }

  @Test
  void theExecutorWithTheSmallestHeapDecides() {
    BankPlacement placement = cluster(8000, 4000, 1000).place(371 * ROWS_OF_MIB, DIMENSION, true);

    assertThat(placement.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(placement.reason()).contains("an executor's heap of 1048 MB");
    // The driver's own part is waves alone.
    assertThat(placement.heapBytes()).isEqualTo(3 * placement.waveBytes());
  }

  @Test
  void aDriverWithASmallHeapCannotHandOutALargeBank() {
    BankPlacement placement = cluster(1000, 8000).place(371 * ROWS_OF_MIB, DIMENSION, true);

    assertThat(placement.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(placement.reason()).contains("the driver's heap of 1048 MB");
  }

  @Test
  void whatTheDriverMayNotReceiveIsNotGathered() {
    assertThat(local(8000, 2, 100 * MIB).place(90 * ROWS_OF_MIB, DIMENSION, true).place())
        .isEqualTo(BankPlacement.Place.WHOLE);
    BankPlacement larger = local(8000, 2, 100 * MIB).place(96 * ROWS_OF_MIB, DIMENSION, true);

    assertThat(larger.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(larger.reason()).contains("spark.driver.maxResultSize is 104 MB");
    assertThat(larger.waveBytes()).isEqualTo(50 * MIB);
  }

  @Test
  void nativeMemoryIsWhatTheMachineHasBeyondTheHeapsOfItsProcesses() {
    ProcessMemory first = new ProcessMemory("node", "1", 4 * GIB, 11 * GIB);
    ProcessMemory second = new ProcessMemory("node", "2", 4 * GIB, 11 * GIB);
    ClusterMemory shared = executors(OptionalLong.empty(), first, second, first);
    ClusterMemory alone = executors(OptionalLong.empty(), first);

    // Each process keeps 512 MiB, and each of its two tasks 128, for itself.
    assertThat(shared.executorNative()).isEqualTo(3 * GIB / 2 - 768 * MIB);
    assertThat(alone.executorNative()).isEqualTo(7 * GIB - 768 * MIB);
    BankPlacement placement = new MemoryPlan(shared).place(769L * ROWS_OF_MIB, DIMENSION, true);
    assertThat(placement.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(placement.reason()).contains("native memory");
  }

  @Test
  void aClustersManagerLimitsNativeMemoryByItsOverhead() {
    ProcessMemory one = new ProcessMemory("node", "1", 2 * GIB, 64 * GIB);

    assertThat(executors(OptionalLong.of(GIB), one).executorNative()).isEqualTo(GIB - 768 * MIB);
    ClusterMemory none = executors(OptionalLong.of(384 * MIB), one);
    assertThat(none.executorNative()).isZero();
    // Small shards are tried all the same.
    BankPlacement placement = new MemoryPlan(none).place(1000, DIMENSION, true);
    assertThat(placement.place()).isEqualTo(BankPlacement.Place.SHARDS);
    assertThat(placement.shardBytes()).isEqualTo(2 * MIB);
  }

  private static ClusterMemory executors(OptionalLong overhead, ProcessMemory... executors) {
    return new ClusterMemory(process("driver", 64_000), List.of(executors), 2, 0, 0, overhead);
  }

  @Test
  void whereShardsDoNotHelpTheSentenceNamesBankHeapAndRemedy() {
    BankPlacement placement = local(200, 2, 0).place(163_856, 167, true);

    assertThat(placement.place()).isEqualTo(BankPlacement.Place.NOWHERE);
    assertThat(placement.reason())
        .isEqualTo(
            "The memory bank of 163856 rows of 167 values takes 109 MB, and 218 MB while it is built, more"
                + " than the 20 MB that the driver's heap of 209 MB leaves for it. Too little is left even"
                + " for shards of it. Give the run a heap of at least 223 MB (-Xmx in NIGHTJAR_JAVA_OPTS on"
                + " one machine; spark.driver.memory and spark.executor.memory on a cluster), or make the"
                + " bank smaller (--coreset, --variance).");
    // The heap that it names is enough: (32 + 160) MiB are 9/10 of it.
    assertThat(local(214, 2, 0).place(163_856, 167, true).place())
        .isEqualTo(BankPlacement.Place.SHARDS);
  }

  @Test
  void anApproximateSearchNeedsTheBankWhole() {
    BankPlacement placement = local(1000, 2, 0).place(371 * ROWS_OF_MIB, DIMENSION, false);

    assertThat(placement.place()).isEqualTo(BankPlacement.Place.NOWHERE);
    assertThat(placement.reason()).contains("choose --search exact, which does with shards");
  }

  @Test
  void aBankThatCanBeNowhereIsRefusedBeforeItsDimensionIsKnown() {
    assertThat(local(1000, 2, 0).refusal(163_856, 1792, true)).isEmpty();
    // 20 MiB are left, which a few values of each row would fit into, but no pass over the images.
    assertThat(local(200, 2, 0).refusal(163_856, 1792, true)).isPresent();
    assertThat(local(200, 2, 0).refusal(1000, 256, true)).isEmpty();
    assertThat(local(150, 2, 0).refusal(163_856, 1792, true))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith(
                        "The memory bank of 163856 rows of up to 1792 values takes up to 1174 MB")
                    .contains("heap of 157 MB", "-Xmx"));
  }

  @Test
  void aCategoryWaitsForMemoryThatAnotherHolds() throws Exception {
    MemoryPlan plan = local(1000, 2, 0);
    BankPlacement large = plan.place(200 * ROWS_OF_MIB, DIMENSION, true);
    BankPlacement small = plan.place(100 * ROWS_OF_MIB, DIMENSION, true);

    MemoryPlan.Reservation first = plan.tryTake(large).orElseThrow();
    MemoryPlan.Reservation second = plan.tryTake(small).orElseThrow();
    assertThat(plan.tryTake(large)).isEmpty();
    CompletableFuture<MemoryPlan.Reservation> waiting =
        CompletableFuture.supplyAsync(() -> plan.take(large, () -> false));
    second.close();
    second.close();
    assertThat(waiting).isNotDone();
    first.close();

    waiting.get(10, TimeUnit.MINUTES).close();
    assertThat(plan.tryTake(large)).isPresent();
  }

  @Test
  void waitingForMemoryEndsWithTheRun() {
    MemoryPlan plan = local(1000, 2, 0);
    BankPlacement large = plan.place(300 * ROWS_OF_MIB, DIMENSION, true);
    Optional<MemoryPlan.Reservation> first = plan.tryTake(large);

    assertThat(first).isPresent();
    assertThatThrownBy(() -> plan.take(large, () -> true))
        .isInstanceOf(CancellationException.class);
  }
}
