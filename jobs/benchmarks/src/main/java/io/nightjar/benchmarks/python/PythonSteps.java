package io.nightjar.benchmarks.python;

import io.nightjar.benchmarks.support.MissingFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Python process that runs a step, by {@code steps.py}, each time it is asked to. */
final class PythonSteps implements AutoCloseable {
  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;
  private final String versions;

  /** Seconds that one run took, and what it found. */
  record Run(double wall, double processor, double result) {}

  private PythonSteps(Process process) throws IOException {
    this.process = process;
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    versions = answer();
  }

  /**
   * Starts the process with arguments for {@code steps.py}.
   *
   * @throws MissingFileException where this Python lacks what the script needs
   */
  static PythonSteps start(String python, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(
        Path.of(
                System.getProperty("nightjar.root", "."),
                "jobs/benchmarks/src/main/python/steps.py")
            .toString());
    command.addAll(arguments);
    return new PythonSteps(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The versions of what it runs on. */
  String versions() {
    return versions;
  }

  Run run(String step) throws IOException {
    commands.write(step + "\n");
    commands.flush();
    String[] parts = answer().split(" ", -1);
    return new Run(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      process.destroy();
      throw new MissingFileException("Python ended without an answer; its message is above.");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    commands.close();
    process.destroy();
  }
}
