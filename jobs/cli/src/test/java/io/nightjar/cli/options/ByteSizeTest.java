package io.nightjar.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "512b, 512",
    "1k, 1024",
    "512m, 536870912",
    "2g, 2147483648",
    "2GB, 2147483648",
    "' 3T ', 3298534883328"
  })
  void sizes(String text, long bytes) {
    assertThat(ByteSize.parse("limit", text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "lots", "-1", "1.5g", "2x", "g", "2 g", "9999999999999999999", "99999999t"})
  void noSizes(String text) {
    assertThatThrownBy(() -> ByteSize.parse("limit", text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--limit is \"" + text + "\"");
  }
}
