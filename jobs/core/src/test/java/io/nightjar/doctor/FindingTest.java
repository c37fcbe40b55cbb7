package io.nightjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingTest {
  @Test
  void aProblemSaysWhatToDo() {
    assertThatThrownBy(() -> Finding.problem("disk", "It is full.", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("It is full.");
  }

  @Test
  void sentencesHoldNoSecretsAndSteerNoTerminal() {
    Finding finding =
        Finding.problem(
            "reach",
            "s3a://key:secret@bucket/x?token=abc=1 does not answer\u001b[31m.",
            "Look at https://user:word@host/page?sig=1.");

    assertThat(finding.sentence()).isEqualTo("s3a://bucket/x does not answer?[31m.");
    assertThat(finding.remedy()).isEqualTo("Look at https://host/page.");
  }

  @Test
  void figuresAreThoseOfTheMoment() {
    Map<String, Object> figures = new HashMap<>(Map.of("a", 1));
    Finding finding = new Finding.Ok("x", "y", figures);

    figures.put("b", 2);

    assertThat(finding.figures()).containsOnlyKeys("a");
  }
}
