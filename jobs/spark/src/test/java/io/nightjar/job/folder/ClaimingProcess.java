package io.nightjar.job.folder;

import io.nightjar.io.place.InputPlaces;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** A process that claims a folder and keeps it until it is asked to end, or is killed. */
final class ClaimingProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ClaimingProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Prints a line when it has the folder, or why it does not, and waits for its input to end. */
  public static void main(String[] arguments) throws IOException {
    Configuration configuration = new Configuration();
    try (RunFolder folder =
        RunFolder.claim(arguments[0], false, new InputPlaces(configuration), configuration)) {
      System.out.println("claimed " + folder.location());
      System.in.readAllBytes();
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
  }

  static ClaimingProcess start(Path folder) throws IOException {
    List<String> command = JavaCommand.of(ClassPaths.whole());
    command.addAll(List.of("-Xmx128m", ClaimingProcess.class.getName(), folder.toString()));
    return new ClaimingProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** What it has to say first. */
  String line() throws IOException {
    return output.readLine();
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
