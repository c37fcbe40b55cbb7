package io.nightjar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A test's side of the {@link GatedFileSystem}. */
public final class Gate {
  static final String RULES = "rules";
  static final String SEEN = "seen";
  static final String HELD = "held";
  static final String ACCESSES = "accesses";

  private static final long POLL_MILLIS = 20;
  private static final long PATIENCE_SECONDS = 600;

  private final Path folder;
  private final AtomicInteger rules = new AtomicInteger();

  private Gate(Path folder) {
    this.folder = folder;
  }

  /** A gate that is open, in a folder of its own. */
  public static Gate in(Path folder) throws IOException {
    for (String part : List.of(RULES, SEEN, HELD, ACCESSES)) {
      Files.createDirectories(folder.resolve(part));
    }
    return new Gate(folder);
  }

  /** The Hadoop properties of processes that go through the gate. */
  public Map<String, String> hadoopProperties() {
    return Map.of(
        "fs.gate.impl", GatedFileSystem.class.getName(), GatedFileSystem.FOLDER, folder.toString());
  }

  /** A local path as the file system behind the gate names it. */
  public static String uri(Path path) {
    return "gate:" + path;
  }

  /**
   * Holds the process that comes as the n-th, counted over all processes from now on.
   *
   * @param access a regular expression of the whole of what it does, such as {@code open .*a.png}
   */
  public Hold hold(String access, int number) throws IOException {
    String name = Integer.toString(rules.incrementAndGet());
    Path written = Files.writeString(folder.resolve(name), number + "\n" + access);
    Files.move(written, folder.resolve(RULES).resolve(name));
    return new Hold(name);
  }

  /** What was opened and created, one entry each time, in no order. */
  public List<String> accesses() {
    try (Stream<Path> processes = Files.list(folder.resolve(ACCESSES))) {
      return processes.flatMap(file -> lines(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often something was done that a regular expression matches. */
  public long count(String access) {
    Pattern pattern = Pattern.compile(access);
    return accesses().stream().filter(entry -> pattern.matcher(entry).matches()).count();
  }

  static boolean matches(Path rule, String access) {
    List<String> lines = lines(rule);
    return lines.size() == 2 && access.matches(lines.get(1));
  }

  static int number(Path rule) {
    List<String> lines = lines(rule);
    return lines.isEmpty() ? 0 : Integer.parseInt(lines.get(0));
  }

  /** None where the file has gone meanwhile. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (java.nio.file.NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One process that is held, or will be. */
  public final class Hold {
    private final String name;

    private Hold(String name) {
      this.name = name;
    }

    /**
     * Waits until a process is held.
     *
     * @param run the run that it belongs to, which must not end before
     * @return its identifier
     */
    public long await(Process run) throws IOException, InterruptedException {
      Path held = folder.resolve(HELD).resolve(name);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!Files.exists(held)) {
        if (!run.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(
              (run.isAlive() ? "No process came to the gate" : "The run ended")
                  + "; what was done: "
                  + String.join(", ", accesses()));
        }
        Thread.sleep(POLL_MILLIS);
      }
      return Long.parseLong(Files.readString(held));
    }

    /** Lets the process go on, and all that come later. */
    public void release() throws IOException {
      Files.deleteIfExists(folder.resolve(RULES).resolve(name));
    }
  }
}
