package io.nightjar.job.memory;

import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The memory that a process uses, now or at its peak.
 *
 * @param heapBytes used on the Java heap, garbage included
 * @param residentBytes of the whole process in physical memory, heap and native memory together; 0
 *     where the system does not say (it does on Linux)
 */
public record MemoryUse(long heapBytes, long residentBytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing was measured. */
  public static final MemoryUse NONE = new MemoryUse(0, 0);

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  /** Of this process, now. */
  static MemoryUse now() {
    return new MemoryUse(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), resident());
  }

  private static long resident() {
    try {
      return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(MemoryUse::bytes)
          .findFirst()
          .orElse(0);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /** Of {@code VmRSS: 123 kB}. */
  private static long bytes(String line) {
    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  /** The larger of both, each figure on its own. */
  MemoryUse max(MemoryUse other) {
    return new MemoryUse(
        Math.max(heapBytes, other.heapBytes), Math.max(residentBytes, other.residentBytes));
  }

  /** For the run's manifest. */
  Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("heap_bytes", heapBytes);
    if (residentBytes > 0) {
      described.put("resident_bytes", residentBytes);
    }
    return described;
  }
}
