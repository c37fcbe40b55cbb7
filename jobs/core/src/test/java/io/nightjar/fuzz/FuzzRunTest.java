package io.nightjar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.error.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FuzzRunTest {
  private static final Mutator MUTATOR = new Mutator(List.of(new byte[100]), false);

  private static FuzzRun.Outcome run(FuzzRun.Decoder decoder) throws InterruptedException {
    return run(decoder, FuzzRun.LONGEST);
  }

  private static FuzzRun.Outcome run(FuzzRun.Decoder decoder, Duration longest)
      throws InterruptedException {
    return new FuzzRun("toy", MUTATOR, decoder, Set.of(InvalidInputException.class))
        .run(0, 5, longest, 10_000_000);
  }

  @Test
  void aSeedGivesItsMutantAgain() {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(MUTATOR.mutant(seed)).isEqualTo(MUTATOR.mutant(seed));
    }
    assertThat(MUTATOR.mutant(1)).isNotEqualTo(new byte[100]);
  }

  @Test
  void whatIsReadOrRefusedInASentenceIsCounted() throws InterruptedException {
    assertThat(run(file -> {})).isEqualTo(new FuzzRun.Outcome(5, 0, List.of()));
    assertThat(
            run(
                file -> {
                  throw new InvalidInputException("The file is damaged.");
                }))
        .isEqualTo(new FuzzRun.Outcome(0, 5, List.of()));
  }

  @Test
  void otherExceptionsAndErrorsAreFaults() throws InterruptedException {
    assertThat(run(file -> List.of().get(1)).faults()).hasSize(5);
    assertThat(
            run(file -> {
                  throw new StackOverflowError();
                })
                .faults())
        .hasSize(5);
    assertThat(
            run(file -> {
                  throw new InvalidInputException("null");
                })
                .faults())
        .hasSize(5);
  }

  @Test
  void memoryBeyondTheBudgetIsAFault() throws InterruptedException {
    assertThat(run(file -> assertThat(new byte[20_000_000]).hasSize(20_000_000)).faults())
        .hasSize(5)
        .allMatch(fault -> fault.contains("bytes of memory"));
  }

  @Test
  void aDecoderThatDoesNotReturnIsAFault() throws InterruptedException {
    assertThat(run(file -> Thread.sleep(60_000), Duration.ofSeconds(2)).faults())
        .singleElement()
        .asString()
        .contains("mutant 0 of toy takes longer than 2 s");
  }
}
