package io.nightjar.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LastSentenceTest {
  @Test
  void theLastLineOfTheProgramItselfIsKept() {
    StringWriter console = new StringWriter();
    LastSentence last = new LastSentence(console);
    PrintWriter err = new PrintWriter(last, true);
    assertThat(last.get()).isEmpty();

    err.println("nightjar: the data set is empty.");
    err.println("nightjar: it is " + 'n' + "ot there.\r");
    err.println("Try: nightjar help evaluate");
    err.print("nightjar: not a whole line");

    assertThat(last.get()).isEqualTo("it is not there.");
    assertThat(console.toString())
        .startsWith("nightjar: the data set is empty.")
        .endsWith("nightjar: not a whole line");
  }
}
