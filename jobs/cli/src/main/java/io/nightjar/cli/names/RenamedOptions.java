package io.nightjar.cli.names;

import java.util.Arrays;
import java.util.Map;

/** Options by the names that they had before; scripts and settings files may still use these. */
public final class RenamedOptions {
  private static final Map<String, String> CURRENT =
      Map.of("pictures", "visualizations", "neighbors", "neighbours");

  private RenamedOptions() {}

  /** The name that an option, or a setting, has now. */
  public static String current(String name) {
    return CURRENT.getOrDefault(name, name);
  }

  /** A command line with the names that options have now. */
  public static String[] current(String[] arguments) {
    return Arrays.stream(arguments).map(RenamedOptions::argument).toArray(String[]::new);
  }

  private static String argument(String argument) {
    if (!argument.startsWith("--")) {
      return argument;
    }
    int end = argument.contains("=") ? argument.indexOf('=') : argument.length();
    return "--" + current(argument.substring(2, end)) + argument.substring(end);
  }
}
