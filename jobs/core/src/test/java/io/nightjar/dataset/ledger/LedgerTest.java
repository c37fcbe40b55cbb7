package io.nightjar.dataset.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Ledger SOME =
      new Ledger(
          9,
          4,
          1,
          List.of(
              PassedOver.of(Kind.OTHER, List.of("a.bin")),
              PassedOver.of(Kind.HIDDEN, List.of(".a", ".b", ".c"))));

  @Test
  void countsMustAddUp() {
    assertThatThrownBy(() -> new Ledger(3, 1, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 entries");
    assertThatThrownBy(() -> Ledger.ofUsed(1).quarantining(2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSumHasEachKindOnceWithTheFirstThreeExamples() {
    Ledger sum =
        SOME.plus(new Ledger(3, 1, 0, List.of(PassedOver.of(Kind.HIDDEN, List.of(".d", ".e")))));

    assertThat(sum.found()).isEqualTo(12);
    assertThat(sum.used()).isEqualTo(5);
    assertThat(sum.quarantined()).isEqualTo(1);
    assertThat(sum.passed()).isEqualTo(6);
    assertThat(sum.passedOver())
        .containsExactly(
            new PassedOver(Kind.HIDDEN, 5, List.of(".a", ".b", ".c")),
            new PassedOver(Kind.OTHER, 1, List.of("a.bin")));
  }

  @Test
  void entriesMoveFromUsedToQuarantinedAndPassedOver() {
    Ledger moved = SOME.quarantining(2).passing(Kind.DUPLICATE, List.of("x.png"));

    assertThat(moved.found()).isEqualTo(9);
    assertThat(moved.used()).isEqualTo(1);
    assertThat(moved.quarantined()).isEqualTo(3);
    assertThat(moved.passedOver()).contains(new PassedOver(Kind.DUPLICATE, 1, List.of("x.png")));
    assertThat(SOME.passing(Kind.DUPLICATE, List.of())).isEqualTo(SOME);
  }

  @Test
  void aSentenceNamesEveryKindWithItsFirstExample() {
    assertThat(new Inputs("a folder of images", SOME, Map.of()).describe())
        .isEqualTo(
            "Inputs, read as a folder of images: 9 found, of which 4 used, 1 quarantined, 4 passed"
                + " over (hidden, the name begins with . or _: 3, such as .a; other files: 1, such"
                + " as a.bin).");
  }

  @Test
  void fieldsInJsonKeepEverything() {
    String json = Json.compact(LedgerFields.of(SOME));

    assertThat(json)
        .contains("\"passed_over\":[{\"kind\":\"hidden\",\"count\":3,\"examples\":[\".a\"");
    assertThat(JsonDocument.parse(json).as(LedgerFields.class).ledger()).isEqualTo(SOME);
  }
}
