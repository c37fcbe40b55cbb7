package io.nightjar.doctor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The limits that Linux's control groups, of version 1 or 2, set to this process: its own group's
 * and those of all groups above.
 *
 * @param root where they are mounted, {@code /sys/fs/cgroup}
 * @param membership {@code /proc/self/cgroup}
 */
record ControlGroup(Path root, Path membership) {
  /** Version 1 writes a number of whole pages near 2^63 where there is no limit. */
  private static final long NO_LIMIT = 1L << 60;

  static ControlGroup ofThisProcess() {
    return new ControlGroup(Path.of("/sys/fs/cgroup"), Path.of("/proc/self/cgroup"));
  }

  /** The smallest limit of memory in bytes; empty without one. */
  OptionalLong memoryBytes() {
    List<Long> limits = new ArrayList<>();
    for (Path folder : folders("", "")) {
      number(folder.resolve("memory.max")).ifPresent(limits::add);
    }
    for (Path folder : folders("memory", "memory")) {
      number(folder.resolve("memory.limit_in_bytes")).ifPresent(limits::add);
    }
    return limits.stream().mapToLong(Long::longValue).filter(bytes -> bytes < NO_LIMIT).min();
  }

  /** The smallest quota of processor time, in processors; empty without one. */
  OptionalDouble processors() {
    List<Double> quotas = new ArrayList<>();
    for (Path folder : folders("", "")) {
      String[] quota = text(folder.resolve("cpu.max")).orElse("").split(" ", -1);
      if (quota.length == 2 && !quota[0].equals("max")) {
        quotas.add(Double.parseDouble(quota[0]) / Double.parseDouble(quota[1]));
      }
    }
    for (Path folder : folders("cpu", "cpu")) {
      OptionalLong quota = boxed(number(folder.resolve("cpu.cfs_quota_us")));
      OptionalLong period = boxed(number(folder.resolve("cpu.cfs_period_us")));
      if (quota.orElse(0) > 0 && period.orElse(0) > 0) {
        quotas.add((double) quota.getAsLong() / period.getAsLong());
      }
    }
    return quotas.stream().mapToDouble(Double::doubleValue).min();
  }

  /**
   * The folders of the process's group and of those above, as far as they are visible here.
   *
   * @param controller of version 1; empty for version 2
   * @param mount the folder of the controller
   */
  private List<Path> folders(String controller, String mount) {
    List<Path> folders = new ArrayList<>();
    Path top = root.resolve(mount);
    for (String line : text(membership).orElse("").split("\n", -1)) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && List.of(fields[1].split(",")).contains(controller)) {
        Path folder = top.resolve(fields[2].replaceFirst("^/+", "")).normalize();
        while (folder != null && folder.startsWith(top)) {
          folders.add(folder);
          folder = folder.getParent();
        }
      }
    }
    return folders;
  }

  private static OptionalLong boxed(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Optional<Long> number(Path file) {
    return text(file).filter(text -> text.matches("-?\\p{Digit}{1,18}")).map(Long::parseLong);
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isReadable(file)
          ? Optional.of(Files.readString(file).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
