package io.nightjar.cli;

import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the reference of all options, a table for each command, from the commands themselves. */
final class OptionsReference {
  private static final String HEAD =
      """
      # Options

      Generated from the commands (`OptionsReferenceTest` says how). An option that a command cannot obey
      is refused in a sentence with exit code 2. `--config FILE` names a file of settings, each by its
      option's name without dashes ([conf/mvtec-ad.conf](../conf/mvtec-ad.conf) lists them all); the
      command line wins over the file, the file over the defaults. Every command also has `--help` and
      `--version`.
      """;

  private OptionsReference() {}

  static String markdown() {
    CommandLine nightjar = Nightjar.commandLine();
    StringBuilder text = new StringBuilder(HEAD);
    for (Map.Entry<String, CommandLine> command : nightjar.getSubcommands().entrySet()) {
      if (!command.getKey().equals("help")) {
        text.append(section(command.getKey(), command.getValue()));
      }
    }
    return text.toString();
  }

  private static String section(String name, CommandLine command) {
    StringBuilder text = new StringBuilder();
    text.append(Text.format("%n## %s%n%n", name))
        .append(command.getCommandSpec().usageMessage().description()[0])
        .append(Text.format("%n%n| option | default | meaning |%n|---|---|---|%n"));
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.hidden() && !option.inherited() && !isOfAll(option)) {
        text.append(row(option));
      }
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static boolean isOfAll(OptionSpec option) {
    return List.of("--help", "--version", "--config").contains(option.longestName());
  }

  private static String row(OptionSpec option) {
    boolean isFlag = option.arity().max() == 0;
    String names =
        Arrays.stream(option.names())
            .map(name -> "`" + (isFlag ? name : name + " " + option.paramLabel()) + "`")
            .collect(Collectors.joining(", "));
    return Text.format(
        "| %s | %s | %s |%n", escape(names), column(option), escape(meaning(option)));
  }

  private static String escape(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private static String column(OptionSpec option) {
    return option.required() ? "required" : fallback(option).map(v -> "`" + v + "`").orElse("");
  }

  /** The default that a settings file or the command's own annotation has. */
  private static Optional<String> fallback(OptionSpec option) {
    String name = option.longestName().replaceFirst("^-+", "");
    return Optional.ofNullable(OptionDefaults.all().get(name))
        .or(() -> Optional.ofNullable(option.defaultValue()));
  }

  /** The description without the default, which has a column of its own. */
  private static String meaning(OptionSpec option) {
    String text = String.join(" ", option.description());
    String value = fallback(option).orElse("");
    return text.replace(" (default: " + value + ")", "")
        .replace("(default: " + value + ", ", "(the default is ");
  }
}
