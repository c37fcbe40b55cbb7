package io.nightjar.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.testing.DefaultLocale;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContaminationTableTest {

  @ParameterizedTest
  @ValueSource(strings = {"und", "de-DE", "ar-EG"})
  void fieldsAreQuotedWhereNeededAndNumbersKeepTheirPoint(String locale) {
    InspectedBank.Contamination found =
        new InspectedBank.Contamination(
            new ReferenceScores(
                "bottle",
                1,
                3,
                List.of(
                    new ReferenceScores.Image("train/good/000.png", 7.25, 5.5),
                    new ReferenceScores.Image("odd, \"x\".png", 1234.5, 1000.00005),
                    new ReferenceScores.Image("last.png", 8.5, 8.125))),
            8);

    assertThat(DefaultLocale.during(locale, () -> ContaminationTable.lines(found)))
        .containsExactly(
            "score,largest,path,odd",
            "1000.0001,1234.5000,\"odd, \"\"x\"\".png\",yes",
            "8.1250,8.5000,last.png,yes",
            "5.5000,7.2500,train/good/000.png,no");
  }
}
