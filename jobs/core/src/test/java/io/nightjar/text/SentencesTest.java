package io.nightjar.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void addressesAreRedactedAndControlCharactersDoNotReachTheTerminal() {
    assertThat(Sentences.shown("s3a://k:s@b/x\u001b[31m\u0000\u0085 is\tgone.\nSee é زجاجة"))
        .isEqualTo("s3a://b/x?[31m?? is?gone.\nSee é زجاجة");
  }

  @Test
  void refusalsAreShown() {
    assertThat(new InvalidInputException("\u001b s3a://k:s@b/x")).hasMessage("? s3a://b/x");
  }
}
