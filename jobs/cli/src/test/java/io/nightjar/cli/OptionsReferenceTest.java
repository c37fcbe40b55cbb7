package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md is what the commands say. After a change of options, write it again with {@code
 * mvn -pl jobs/cli test -Dtest=OptionsReferenceTest -Dnightjar.generate=true}.
 */
class OptionsReferenceTest {
  private static final Path FILE = Path.of("../../docs/options.md");

  @Test
  void theReferenceIsWhatTheCommandsSay() throws IOException {
    String expected = OptionsReference.markdown();
    if (Boolean.getBoolean("nightjar.generate")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, expected);
    }

    assertThat(FILE).hasContent(expected);
  }
}
