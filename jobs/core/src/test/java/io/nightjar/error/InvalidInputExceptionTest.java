package io.nightjar.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InvalidInputExceptionTest {

  @Test
  void theMessageIsTheSentenceAloneWithOrWithoutACause() {
    IOException cause = new IOException("connection refused");

    assertThat(new InvalidInputException("There is no directory x; check the name."))
        .hasMessage("There is no directory x; check the name.")
        .hasNoCause();
    assertThat(new InvalidInputException("The directory x cannot be reached.", cause))
        .hasMessage("The directory x cannot be reached.")
        .hasCause(cause);
  }
}
