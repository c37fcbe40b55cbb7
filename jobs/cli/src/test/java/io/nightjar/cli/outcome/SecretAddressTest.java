package io.nightjar.cli.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretAddressTest {
  private static SecretAddress of(String value, Map<String, String> environment) {
    return SecretAddress.of("--webhook", value, environment);
  }

  @Test
  void anAddressMayComeFromTheEnvironment() {
    Map<String, String> environment = Map.of("HOOK", " https://chat.plant/s3cr3t \n");

    assertThat(of("env:HOOK", environment).uri()).hasToString("https://chat.plant/s3cr3t");
    assertThat(of("https://chat.plant/a", Map.of()).uri()).hasToString("https://chat.plant/a");
    assertThat(of("env:HOOK", environment).toString()).doesNotContain("plant");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThatThrownBy(() -> of("env:HOOK", Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "The environment variable HOOK, which --webhook names, is not set.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cr3t",
        "ftp://chat.plant/s3cr3t",
        "https:///s3cr3t",
        "https://chat.plant/with space/s3cr3t",
        "https://chat.plant/%zz/s3cr3t",
        "file:/tmp/s3cr3t",
      })
  void whatIsNoAddressOfTheWebIsRefusedAndNotShown(String value) {
    assertThatThrownBy(() -> of(value, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --webhook holds no address that begins with http:// or https://.")
        .hasNoCause();
  }

  /** Spark's pages and its event log show this property. */
  @Test
  void theCommandLineThatTheProcessShowsLosesIt() {
    String before = System.getProperty("sun.java.command");
    try {
      System.setProperty("sun.java.command", "Main --webhook https://chat.plant/s3cr3t --out a");
      of("https://chat.plant/s3cr3t", Map.of());

      assertThat(System.getProperty("sun.java.command")).isEqualTo("Main --webhook *** --out a");
    } finally {
      if (before != null) {
        System.setProperty("sun.java.command", before);
      }
    }
  }
}
