package io.nightjar.benchmark.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine as this process sees it.
 *
 * @param processor its model
 * @param cores that this process may use
 * @param memoryBytes of the machine
 * @param heapBytes that the JVM may take for its heap
 */
public record Machine(String processor, int cores, long memoryBytes, long heapBytes) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The machine that this process runs on. */
  public static Machine describe() {
    return new Machine(
        processorModel(),
        ConcurrentTasks.cores(),
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize(),
        Runtime.getRuntime().maxMemory());
  }

  private static String processorModel() {
    String architecture = System.getProperty("os.arch");
    if (!Files.isReadable(CPU_INFO)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }

  /** Every figure by its name in {@code benchmark.json}. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("processor", processor);
    map.put("cores", cores);
    map.put("memory_bytes", memoryBytes);
    map.put("heap_limit_bytes", heapBytes);
    return map;
  }
}
