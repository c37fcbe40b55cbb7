package io.nightjar.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.sweep.SweptConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ConfigurationLineTest {
  @Command(name = "measure")
  private static final class Measure {
    @Option(names = "--neighbours")
    private int neighbours;

    @Option(names = "--out")
    private String out;
  }

  @Command(name = "root", subcommands = Measure.class)
  private static final class Root {}

  private static ConfigurationLine line(String neighbours) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("neighbours", neighbours);
    settings.put("image-size", "224");
    return new ConfigurationLine(new SweptConfiguration("three", settings));
  }

  @Test
  void onlyWhatDiffersFromItsDefaultIsAnOption() {
    ConfigurationLine line = line("3");
    line.add("--out=results");

    assertThat(line.arguments()).containsExactly("--neighbours=3", "--out=results");
    assertThat(line.atDefault()).isEqualTo(Map.of("image-size", "224"));
    Measure read = line.parsed("measure", settings -> new CommandLine(new Root())).getCommand();
    assertThat(read.neighbours).isEqualTo(3);
    assertThat(read.out).isEqualTo("results");
  }

  @Test
  void aLineThatCannotBeReadIsNamed() {
    assertThatThrownBy(
            () ->
                ConfigurationLine.planned(
                    "three",
                    () -> line("x").parsed("measure", settings -> new CommandLine(new Root()))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Configuration three: ")
        .hasMessageContaining("--neighbours");
  }
}
