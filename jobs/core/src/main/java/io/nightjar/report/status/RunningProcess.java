package io.nightjar.report.status;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, so that another one can find out whether it still runs.
 *
 * @param host the name of its machine
 * @param pid its number there
 * @param birth when it began, by the machine's own clock of processes: a later process may get the
 *     same number
 * @param space where the number has a meaning: one boot of one machine and, on Linux, one namespace
 *     of processes, since containers may share a machine's name
 */
public record RunningProcess(String host, long pid, String birth, String space) {
  private static final Path PROC = Path.of("/proc");

  /** The twenty-second field of a process's statistics; two of them precede the closing bracket. */
  private static final int START_TICKS = 19;

  /**
   * This process.
   *
   * @return its {@link #birth} is empty where the system does not say when it began
   */
  public static RunningProcess current() {
    String host = hostName();
    long pid = ProcessHandle.current().pid();
    return new RunningProcess(host, pid, birth(pid).orElse(""), space(host));
  }

  /**
   * Whether this process can know if that one runs.
   *
   * @param other the process; the answer is the same the other way round
   * @return true within one boot of a machine and one namespace of processes
   */
  public boolean isKnownTo(RunningProcess other) {
    return space.equals(other.space);
  }

  /**
   * Whether it runs; for a process that {@link #isKnownTo} this one alone.
   *
   * @return false where it has ended, also if another process has its number by now
   */
  public boolean isAlive() {
    return birth(pid).filter(birth::equals).isPresent();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static String space(String host) {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return host;
    }
  }

  private static Optional<String> birth(long pid) {
    Path statistics = PROC.resolve(pid + "/stat");
    try {
      String line = Files.readString(statistics);
      // The name of the program is in brackets and may hold anything.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      boolean hasEnded = fields[0].equals("Z") || fields[0].equals("X");
      return hasEnded ? Optional.empty() : Optional.of(fields[START_TICKS]);
    } catch (IOException e) {
      return Files.exists(PROC.resolve("self/stat"))
          ? Optional.empty()
          : ProcessHandle.of(pid)
              .filter(ProcessHandle::isAlive)
              .map(handle -> handle.info().startInstant().map(Instant::toString).orElse(""));
    }
  }
}
