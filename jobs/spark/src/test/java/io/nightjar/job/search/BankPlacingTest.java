package io.nightjar.job.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.memory.ProcessMemory;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Executors that say how much memory they have; the driver's is that of this process. */
class BankPlacingTest {
  private static final long MIB = 1L << 20;

  /** Rows of 1 KiB. */
  private static final int DIMENSION = 256;

  private final StageClock clock = new StageClock();
  private final List<String> events = new ArrayList<>();
  private RunContext run;

  @BeforeEach
  void begin() {
    run =
        RunContext.builder(Sparks.local(2))
            .backbone(TinyDataset.backbone(), EmbedOptions.DEFAULT)
            .build();
  }

  @AfterEach
  void end() {
    run.close();
  }

  /** A bank that only says that it was closed. */
  private final class Placed implements CategoryBank {
    private final long rows;

    Placed(long rows) {
      this.rows = rows;
    }

    @Override
    public BankPlace place() {
      return BankPlace.whole(rows, DIMENSION);
    }

    @Override
    public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
      return ScoredPart.empty();
    }

    @Override
    public void close() {
      events.add("closed");
    }
  }

  private void executorsHave(long heapMib) {
    run.plan(List.of(new ProcessMemory("node", "1", heapMib * MIB, 0)));
  }

  private BankPlacing placing(SearchOptions options) {
    CategoryPasses passes = new CategoryPasses(run, "carpet", new Quarantine("carpet", 9, 0));
    return new BankPlacing(passes, options, clock);
  }

  private CategoryBank place(BankPlacing placing, long rows) {
    return placing.place(
        rows,
        DIMENSION,
        () -> {
          events.add("whole");
          return new Placed(rows);
        },
        sizes -> {
          events.add("shards of at most " + sizes.shardBytes());
          return new Placed(rows);
        });
  }

  @Test
  void theSizeIsNotedForWhatRunsOutOfMemory() {
    assertThat(run.watch().of("carpet").bank()).isEmpty();

    executorsHave(4000);
    place(placing(SearchOptions.DEFAULT), 5000);

    assertThat(run.watch().of("carpet").bank())
        .contains("memory bank of 5000 rows of 256 values takes 5.1 MB");
  }

  @Test
  void theMemoryOfTheExecutorsDecides() {
    executorsHave(1000);
    place(placing(SearchOptions.DEFAULT), 100 * 1024).close();
    // Half of 9/10 of 1000 MiB, less 160 MiB, would hold 370 MiB less the tasks' matrices.
    place(placing(SearchOptions.DEFAULT), 371 * 1024).close();

    assertThat(events.get(0)).isEqualTo("whole");
    assertThat(events.get(2)).startsWith("shards of at most ");
  }

  @Test
  void aSizeThatIsAskedForIsTakenWhateverMemoryThereIs() {
    executorsHave(170);
    BankPlacing placing = placing(SearchOptions.DEFAULT.withBroadcastLimit(1024 * 1024));

    placing.requireRoom(1024, CoresetOptions.FULL);
    place(placing, 1024).close();
    place(placing, 1025).close();

    assertThat(events).containsExactly("whole", "closed", "shards of at most 1048576", "closed");
  }

  @Test
  void aBankThatFitsNowhereFailsItsCategoryBeforeTheWork() {
    executorsHave(170);

    assertThatThrownBy(
            () -> placing(SearchOptions.DEFAULT).requireRoom(163_856, CoresetOptions.FULL))
        .isInstanceOf(CategoryFailedException.class)
        // 448 channels of 4 bytes.
        .hasMessageStartingWith(
            "The memory bank of 163856 rows of up to 448 values takes up to 293 MB, and 587 MB while it is"
                + " received, more than the 0 MB that an executor's heap of 178 MB leaves for it.")
        .hasMessageContaining("Give the run a heap of at least");
  }

  @Test
  void memoryIsHeldUntilTheBankIsClosed() {
    executorsHave(1000);
    BankPlacing placing = placing(SearchOptions.DEFAULT);

    CategoryBank first = place(placing, 300 * 1024);
    assertThat(run.memory().tryTake(run.memory().place(300 * 1024, DIMENSION, true))).isEmpty();
    first.close();

    assertThat(run.memory().tryTake(run.memory().place(300 * 1024, DIMENSION, true))).isPresent();
    assertThat(clock.seconds()).doesNotContainKey("wait for memory");
  }

  @Test
  void memoryOfABankThatIsNotBuiltIsGivenBack() {
    executorsHave(1000);
    IllegalStateException failure = new IllegalStateException("the job failed");

    assertThatThrownBy(
            () ->
                placing(SearchOptions.DEFAULT)
                    .place(
                        300 * 1024,
                        DIMENSION,
                        () -> {
                          throw failure;
                        },
                        sizes -> new Placed(0)))
        .isSameAs(failure);
    assertThat(run.memory().tryTake(run.memory().place(300 * 1024, DIMENSION, true))).isPresent();
  }

  @Test
  void aCoresetThatDoesNotFitIsNotSearchedInShards() {
    executorsHave(1000);

    assertThatThrownBy(
            () -> placing(SearchOptions.DEFAULT).whole(400 * 1024, DIMENSION, () -> new Placed(0)))
        .isInstanceOf(CategoryFailedException.class)
        .hasMessageContaining("The coreset of 409600 rows takes 419 MB")
        .hasMessageContaining("choose a smaller --coreset");
  }
}
