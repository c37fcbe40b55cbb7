package io.nightjar.dataset.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.io.StorageException;
import io.nightjar.io.StorageRetry;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.text.Text;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A process that reads a file under other conditions than this one's.
 *
 * @param reasons why it could not, a line for each attempt
 */
record ReadingProcess(List<String> reasons) {
  /** Its files are read by the first attempt, while there are handles. */
  private static final Configuration CONFIGURATION = new Configuration();

  static {
    CONFIGURATION.setInt(StorageRetry.ATTEMPTS, 2);
    CONFIGURATION.setInt(StorageRetry.PAUSE, 1);
  }

  private static final String DROPPED = "-dac_override,-dac_read_search";

  /** Reads a file, in the second case once no handle is left. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    List<FileInputStream> held = new ArrayList<>();
    if (Boolean.parseBoolean(arguments[1])) {
      print(file.resolveSibling("absent")); // loads the classes that it takes to say so
      print(file);
      System.err.println(unanswered());
      String sentence;
      int refills = 0;
      do {
        hold(file, held);
        sentence = attempt(file);
        // A handle that the collector gave back in between leads to another attempt.
      } while (sentence.startsWith("read") && ++refills < 10);
      for (FileInputStream one : held) {
        one.close();
      }
      System.out.println(sentence);
      return;
    }
    System.out.println(attempt(file));
  }

  /** Opens the file until no handle is left. */
  private static void hold(Path file, List<FileInputStream> held) {
    try {
      while (true) {
        held.add(new FileInputStream(file.toFile()));
      }
    } catch (IOException e) {
      return;
    }
  }

  /** Loads the classes that it takes to ask again. */
  private static String unanswered() throws IOException {
    try {
      return StorageRetry.of(CONFIGURATION)
          .call(
              "read",
              "none",
              () -> {
                throw new IOException("Too many open files");
              });
    } catch (StorageException e) {
      return e.getMessage();
    }
  }

  private static void print(Path file) {
    System.err.println(Text.format("%s: %s", file, attempt(file)));
  }

  private static String attempt(Path file) {
    try {
      return "read " + FileBytes.read(file.toString(), CONFIGURATION).length;
    } catch (UnreadableFileException e) {
      return e.reason();
    } catch (StorageException e) {
      return "StorageException: " + e.getMessage();
    }
  }

  /** Without the right of root to read every file; skips the running test where it cannot. */
  static ReadingProcess unprivileged(Path file) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      Path setpriv = Path.of("/usr/bin/setpriv");
      assumeTrue(Files.exists(setpriv), "Skipped: root reads every file, and there is no setpriv");
      command.add(setpriv.toString());
      command.addAll(List.of("--bounding-set=" + DROPPED, "--inh-caps=" + DROPPED));
    }
    command.addAll(java(file, false));
    return run(command);
  }

  /** With few handles, all of them in use. */
  static ReadingProcess withoutHandles(Path file) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -n 256; exec \"$@\"", "-"));
    command.addAll(java(file, true));
    return run(command);
  }

  private static List<String> java(Path file, boolean holdsAll) {
    List<String> command = new ArrayList<>(JavaCommand.of(ClassPaths.whole()));
    command.addAll(List.of("-Xmx256m", ReadingProcess.class.getName()));
    command.addAll(List.of(file.toString(), String.valueOf(holdsAll)));
    return command;
  }

  private static ReadingProcess run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ReadingProcess(output.lines().toList());
  }
}
