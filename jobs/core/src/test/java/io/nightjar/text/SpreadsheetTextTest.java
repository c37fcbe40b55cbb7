package io.nightjar.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+a", "-a.png", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'=x", "''-x", "-"})
  void whatWouldBeAFormulaIsATextAndReadBack(String text) {
    assertThat(SpreadsheetText.cell(text)).isEqualTo("'" + text);
    assertThat(SpreadsheetText.text("'" + text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=b",
        "'a",
        "'",
        "bottle",
        "-1.5",
        "+2",
        "-1e-05",
        "0.25",
        "-.5",
        "test/-1.png"
      })
  void allElseIsUnchanged(String text) {
    assertThat(SpreadsheetText.cell(text)).isEqualTo(text);
    assertThat(SpreadsheetText.text(text)).isEqualTo(text);
  }
}
