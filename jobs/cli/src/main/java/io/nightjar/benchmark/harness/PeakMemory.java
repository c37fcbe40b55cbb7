package io.nightjar.benchmark.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The most memory that this process ever had.
 *
 * @param heapBytes of the heap's pools, each at its own peak: the heap never held more
 * @param residentBytes of the process, where the system reports it
 */
public record PeakMemory(long heapBytes, OptionalLong residentBytes) {
  /** The peaks of this process so far. */
  public static PeakMemory measure() {
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    return new PeakMemory(heap, residentPeak("self"));
  }

  /**
   * The most bytes of physical memory that a process ever had: Linux's VmHWM, which it keeps for as
   * long as the process lives.
   *
   * @param process its number, or {@code self}
   * @return empty once it has ended, and on other systems
   */
  public static OptionalLong residentPeak(String process) {
    Path status = Path.of("/proc", process, "status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(status, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(digits -> Long.parseLong(digits) << 10)
          .findFirst();
    } catch (IOException | UncheckedIOException e) { // it has ended meanwhile
      return OptionalLong.empty();
    }
  }

  /** What the resident peak has beyond the heap's. */
  OptionalLong nativeBytes() {
    return residentBytes.isPresent()
        ? OptionalLong.of(Math.max(0, residentBytes.getAsLong() - heapBytes))
        : OptionalLong.empty();
  }

  /**
   * Every figure by its name in {@code benchmark.json}; null, with the reason, where it is not
   * known.
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("heap_peak_bytes", heapBytes);
    put(map, "resident_peak_bytes", residentBytes);
    put(map, "native_peak_bytes", nativeBytes());
    map.put(
        "native_is",
        "the resident peak less the heap's peak: libraries, networks, matrices, code, stacks");
    return map;
  }

  private static void put(Map<String, Object> map, String name, OptionalLong bytes) {
    map.put(name, bytes.isPresent() ? bytes.getAsLong() : null);
    if (bytes.isEmpty()) {
      map.put(name + "_reason", "not known on this system");
    }
  }
}
