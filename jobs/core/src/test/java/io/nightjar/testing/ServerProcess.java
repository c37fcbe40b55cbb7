package io.nightjar.testing;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server on loopback that a test starts as a process of its own, and what it writes. */
public final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;
  private static final long POLL_MILLIS = 100;
  private static final int CONNECT_MILLIS = 1000;

  private final Process process;
  private final Path log;

  /** What a server is waited for. */
  public interface Condition {
    boolean holds() throws IOException;
  }

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param command from the program on
   * @param environment more variables
   * @param log receives all that it writes
   */
  public static ServerProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), log);
  }

  /** A port of loopback that nothing listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process itself. */
  public Process process() {
    return process;
  }

  /** What it wrote so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers on a port of loopback. */
  public void awaitListening(int port) throws IOException {
    await(() -> listens(port));
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Waits until something holds.
   *
   * @throws IllegalStateException with its log, if it ends before, or takes too long
   */
  public void await(Condition ready) throws IOException {
    long deadline = deadline();
    while (!ready.holds()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            Text.format("%s did not start: %s", log.getFileName(), log()));
      }
      pause();
    }
  }

  /** Its exit code, once it has ended by itself. */
  public int awaitExit() {
    try {
      // A handle tells of the end before the process has the exit code of it.
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(Text.format("%s goes on: %s", log.getFileName(), log()));
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return process.exitValue();
  }

  /** What runs below it, by a part of the command line, without the shells that started it. */
  public List<ProcessHandle> running(String part) {
    return process
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(
            child -> {
              String words = commandLine(child.pid());
              return words.contains(part) && words.split("\0", 2)[0].endsWith("java");
            })
        .toList();
  }

  /**
   * The words of a process's command line, each with a zero after it; empty where it has ended.
   * Java's own is cut off after some thousand characters, which class paths exceed.
   */
  public static String commandLine(long pid) {
    try {
      return new String(
          Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends a process as a lost machine does, at once and for good. */
  public static void kill(ProcessHandle process) {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** Waits until a process has ended. */
  public static void awaitEnd(ProcessHandle process) {
    long deadline = deadline();
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(Text.format("Process %d goes on", process.pid()));
      }
      pause();
    }
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while a process starts or ends", e);
  }

  /** Kills it with all that it started. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(ServerProcess::awaitEnd);
  }
}
