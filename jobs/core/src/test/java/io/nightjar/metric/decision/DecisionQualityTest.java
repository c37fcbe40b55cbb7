package io.nightjar.metric.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.decision.DecisionQuality.SelectionQuality;
import io.nightjar.score.ImageScoreKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DecisionQualityTest {

  @Test
  void countsDecisionsByLabel() {
    CategoryDecision decision =
        new CategoryDecision(
            ImageScoreKind.TOP3,
            99,
            4.5f,
            OptionalDouble.empty(),
            List.of(
                image(0.01, true, true),
                image(0.05, true, false),
                image(0.5, false, false),
                image(0.01, true, true),
                image(0.3, false, false)));
    DecisionRates rates =
        new DecisionRates(OptionalDouble.of(0.1), OptionalDouble.of(0.2), OptionalDouble.empty());

    DecisionQuality quality =
        DecisionQuality.of(
            decision, new boolean[] {true, false, false, false, true}, rates, Optional.empty());

    assertThat(quality)
        .isEqualTo(
            new DecisionQuality(
                ImageScoreKind.TOP3,
                99,
                0.1,
                4.5f,
                3,
                2,
                2,
                1,
                Optional.of(new SelectionQuality(0.2, 2, 1)),
                Optional.empty()));
    assertThat(decision.anomalous()).isEqualTo(3);
    assertThat(decision.selected()).hasValue(2);
    assertThat(decision.smallestRate()).isEqualTo(0.01);
  }

  private static ImageDecision image(double pValue, boolean anomalous, boolean selected) {
    return new ImageDecision(pValue, anomalous, Optional.of(selected));
  }
}
