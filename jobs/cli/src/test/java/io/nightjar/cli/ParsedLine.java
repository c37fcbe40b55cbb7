package io.nightjar.cli;

import java.util.List;
import picocli.CommandLine.ParseResult;

/** A command line as Nightjar itself reads it, for tests of what calls it. */
public final class ParsedLine {
  private ParsedLine() {}

  /**
   * The name of its command.
   *
   * @throws picocli.CommandLine.ParameterException if Nightjar would refuse it
   */
  public static String command(List<String> words) {
    String[] arguments = words.toArray(String[]::new);
    ParseResult parsed = Nightjar.commandLine(arguments).parseArgs(arguments);
    return parsed.subcommand().commandSpec().name();
  }
}
