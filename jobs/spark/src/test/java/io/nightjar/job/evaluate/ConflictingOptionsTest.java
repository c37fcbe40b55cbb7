package io.nightjar.job.evaluate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.artifact.StoreRequest;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.metric.decision.DecisionRates;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConflictingOptionsTest {
  private static final Optional<String> STORED = Optional.of("banks");
  private static final StoreRequest KEEPING = StoreRequest.NONE.in("store").withEmbeddings(true);
  private static final EvaluationOptions UNIFIED =
      EvaluationOptions.builder().bank(BankOptions.DEFAULT.withScope(BankScope.UNIFIED)).build();

  private static ConflictingOptions of(
      EvaluationOptions options, Optional<String> bank, StoreRequest store) {
    return new ConflictingOptions(options, bank, store);
  }

  @Test
  void whatSaysHowABankIsBuiltIsRefusedForAStoredOne() {
    assertThatCode(() -> of(UNIFIED, Optional.empty(), StoreRequest.NONE).refuse())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> of(UNIFIED, STORED, StoreRequest.NONE).refuse())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The options scope = unified say how a bank is built, but banks is a bank that is"
                + " stored; leave one out.");
  }

  @Test
  void embeddingsAreKeptWhereThereIsAStoreAndABankOfEachCategory() {
    EvaluationOptions plain = EvaluationOptions.DEFAULT;
    assertThatCode(() -> of(plain, Optional.empty(), KEEPING).refuse()).doesNotThrowAnyException();
    assertThatThrownBy(
            () -> of(plain, Optional.empty(), StoreRequest.NONE.withEmbeddings(true)).refuse())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--reuse none says that there is none");
    assertThatThrownBy(() -> of(UNIFIED, Optional.empty(), KEEPING).refuse())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("of the bank of --scope unified nothing is kept");
    assertThatThrownBy(() -> of(plain, STORED, KEEPING).refuse())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("banks is a bank that is stored");
  }

  @Test
  void decisionsNeedAStoredBank() {
    DecisionRates asked =
        new DecisionRates(OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.empty());
    EvaluationOptions plain = EvaluationOptions.DEFAULT;
    assertThatCode(
            () -> {
              of(plain, STORED, StoreRequest.NONE).refuse(asked);
              of(plain, Optional.empty(), StoreRequest.NONE).refuse(DecisionRates.NONE);
            })
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> of(plain, Optional.empty(), StoreRequest.NONE).refuse(asked))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name one with --bank, or leave it out.");
  }
}
