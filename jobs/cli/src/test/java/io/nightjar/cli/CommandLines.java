package io.nightjar.cli;

import io.nightjar.testing.Sparks;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs command lines in this process. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * A command that has ended.
   *
   * @param out what it printed
   * @param err what it complained about
   */
  public record Ended(int exitCode, String out, String err) {}

  /** Runs one command line as {@code main} does, without ending the process. */
  public static Ended run(String... arguments) {
    Sparks.stop(); // of another test, in which --master would be refused
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Nightjar.run(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Ended(exitCode, out.toString(), err.toString());
  }
}
