package io.nightjar.cli.progress;

/** What is at the other end of the console. */
public final class Terminal {
  private Terminal() {}

  /** Whether a person watches: output that goes to a file or a pipe gets plain lines. */
  @SuppressWarnings("SystemConsoleNull") // Spark 3.5 ends at JDK 17, where null still means a pipe
  static boolean isInteractive() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }

  /** Whether colours are welcome (see no-color.org). */
  public static boolean hasColours() {
    return isInteractive() && System.getenv("NO_COLOR") == null;
  }
}
