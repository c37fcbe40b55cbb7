package io.nightjar.cli.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class RefusedOptionsTest {
  private static CommandLine command(String name, String... options) {
    CommandSpec spec = CommandSpec.create().name(name);
    for (String option : options) {
      spec.addOption(OptionSpec.builder(option).type(String.class).build());
    }
    return new CommandLine(spec);
  }

  private static CommandLine score() {
    CommandLine root = command("nightjar");
    root.addSubcommand(command("evaluate", "--variance", "--reuse"));
    root.addSubcommand(command("build-bank", "--variance"));
    root.addSubcommand(command("score", "--out"));
    return root.getSubcommands().get("score");
  }

  @Test
  void anOptionOfOtherCommandsIsTheirs() {
    assertThat(RefusedOptions.sentence(score(), "--reuse=none"))
        .contains(
            "The command score does not have the option --reuse. It is an option of evaluate.");
    assertThat(RefusedOptions.sentence(score(), "--variance"))
        .contains(
            "The command score does not have the option --variance: it says what a bank is built"
                + " of, and a stored bank keeps its own. It is an option of evaluate,"
                + " build-bank.");
  }

  @Test
  void whatTheFileOfASweepSaysIsSaidToBeThere() {
    CommandLine root = command("nightjar");
    root.addSubcommand(command("evaluate", "--variance", "--bank"));
    root.addSubcommand(command("sweep", "--figure"));
    root.setDefaultValueProvider(
        argument ->
            argument instanceof OptionSpec option && option.longestName().equals("--variance")
                ? "0.95"
                : null);
    CommandLine sweep = root.getSubcommands().get("sweep");

    assertThat(RefusedOptions.sentence(sweep, "--variance=0.9"))
        .contains(
            "The command sweep does not have the option --variance: how images are evaluated is in"
                + " the settings of --config, for one configuration or for all. It is an option of"
                + " evaluate.");
    assertThat(RefusedOptions.sentence(sweep, "--bank"))
        .contains(
            "The command sweep does not have the option --bank. It is an option of evaluate.");
  }

  @Test
  void aNameThatNoCommandHasIsLeftToTheSuggestions() {
    assertThat(RefusedOptions.sentence(score(), "--varianze")).isEmpty();
    assertThat(RefusedOptions.sentence(command("nightjar"), "--variance")).isEmpty();
  }
}
