package io.nightjar.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

class ConfiguredDefaultsTest {
  @TempDir private Path work;

  private static String value(ConfiguredDefaults defaults, String option) {
    return defaults.defaultValue(OptionSpec.builder(option).build());
  }

  @Test
  void whatAFileNamesWinsOverTheDefaults() throws IOException {
    Path file = Files.writeString(work.resolve("own.conf"), "nightjar { tolerance = 0.02 }");

    assertThat(value(ConfiguredDefaults.from(file), "--tolerance")).isEqualTo("0.02");
    assertThat(value(ConfiguredDefaults.from(file), "--alpha"))
        .isEqualTo(value(ConfiguredDefaults.builtIn(), "--alpha"));
  }

  @Test
  void aSettingThatNoOptionHasIsRefused() throws IOException {
    Path file = Files.writeString(work.resolve("own.conf"), "nightjar { tolerence = 0.02 }");

    assertThatThrownBy(() -> ConfiguredDefaults.from(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no setting nightjar.tolerence");
  }
}
