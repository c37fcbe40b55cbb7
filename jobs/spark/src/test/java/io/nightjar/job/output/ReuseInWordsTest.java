package io.nightjar.job.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run's line on the console says of the store. */
class ReuseInWordsTest {
  @Test
  void aBankThatWasBuiltOrTakenIsNamed() {
    assertThat(reuse(false, true).describe()).isEqualTo("bank built; maps of 3 images computed");
    assertThat(reuse(true, false).describe())
        .isEqualTo("bank taken from the store; maps of 3 images computed");
  }

  @Test
  void aBankThatWasGivenIsNeither() {
    assertThat(reuse(false, false).describe()).isEqualTo("maps of 3 images computed");
  }

  @Test
  void changedOptionsAndFaultsFollow() {
    assertThat(
            new Reuse(
                    false,
                    true,
                    false,
                    2,
                    1,
                    1,
                    Reuse.Embeddings.NONE,
                    List.of("--neighbours from 1 to 3"),
                    List.of("The store is full."))
                .describe())
        .isEqualTo(
            "bank taken from the store; counts of 1 image taken, maps of 1 image taken and counted"
                + " again, maps of 1 image computed; changed since the store's last run:"
                + " --neighbours from 1 to 3; The store is full.");
  }

  @Test
  void embeddingsThatWereTakenAreSaidAfterTheMaps() {
    assertThat(
            new Reuse(false, false, true, 0, 0, 3, new Reuse.Embeddings(1, 0), List.of(), List.of())
                .describe())
        .isEqualTo("bank built; maps of 3 images computed; embeddings of 1 image taken");
  }

  private static Reuse reuse(boolean bank, boolean built) {
    return new Reuse(false, bank, built, 0, 0, 3, Reuse.Embeddings.NONE, List.of(), List.of());
  }
}
