package io.nightjar.doctor.machine;

import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The heap of this process against what its container and its machine have. */
public final class MemoryCheck implements Check {
  /** Networks, activations and searched banks, of about two tasks; see docs/cluster.md. */
  private static final long NATIVE_BYTES = 1L << 30;

  private static final long SMALL_HEAP = 1L << 30;

  private final long heap;
  private final ControlGroup group;
  private final Path memoryInfo;

  /**
   * Of any process.
   *
   * @param heap largest size of its Java heap in bytes
   * @param memoryInfo {@code /proc/meminfo}
   */
  MemoryCheck(long heap, ControlGroup group, Path memoryInfo) {
    this.heap = heap;
    this.group = group;
    this.memoryInfo = memoryInfo;
  }

  /** Of this process. */
  public static Check here() {
    return new MemoryCheck(
        Runtime.getRuntime().maxMemory(), ControlGroup.ofThisProcess(), Path.of("/proc/meminfo"));
  }

  @Override
  public void run(Consumer<Finding> findings) {
    OptionalLong physical = entry("MemTotal");
    OptionalLong available = entry("MemAvailable");
    OptionalLong limit = group.memoryBytes();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("heap_bytes", heap);
    figures.put("container_limit_bytes", boxed(limit));
    figures.put("physical_bytes", boxed(physical));
    figures.put("available_bytes", boxed(available));
    long most = Math.min(limit.orElse(Long.MAX_VALUE), physical.orElse(Long.MAX_VALUE));
    String sentence =
        Text.format(
            "The Java heap may grow to %s; the machine has %s%s, %s.",
            size(heap),
            words(physical),
            available.isPresent() ? " (" + size(available.getAsLong()) + " available now)" : "",
            limit.isPresent()
                ? "and the container is limited to " + size(limit.getAsLong())
                : "and no limit of a container applies");
    findings.accept(finding(sentence, most, figures));
  }

  private Finding finding(String sentence, long most, Map<String, Object> figures) {
    if (heap >= most) {
      return new Finding.Problem(
          "memory",
          sentence + " The process is killed before its heap is full.",
          Text.format(
              "Make the heap smaller (-Xmx in NIGHTJAR_JAVA_OPTS, spark.driver.memory), by at least %s"
                  + " less than what there is, or give it more memory.",
              size(NATIVE_BYTES)),
          figures);
    }
    if (most != Long.MAX_VALUE && heap > most - NATIVE_BYTES) {
      return new Finding.Note(
          "memory",
          sentence + " Little is left for the networks and searches, which are outside the heap.",
          Text.format("Leave at least %s outside the heap.", size(NATIVE_BYTES)),
          figures);
    }
    if (heap < SMALL_HEAP) {
      return new Finding.Note(
          "memory",
          sentence + " That is a small heap.",
          "Give it more for whole data sets (-Xmx in NIGHTJAR_JAVA_OPTS, spark.driver.memory):"
              + " banks that do not fit are searched in shards, which is slower.",
          figures);
    }
    return new Finding.Ok("memory", sentence, figures);
  }

  private OptionalLong entry(String name) {
    try {
      return Files.isReadable(memoryInfo)
          ? Files.readAllLines(memoryInfo).stream()
              .filter(line -> line.startsWith(name + ":"))
              .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static Object boxed(OptionalLong number) {
    return number.isPresent() ? (Object) number.getAsLong() : null;
  }

  private static String words(OptionalLong bytes) {
    return bytes.isPresent() ? size(bytes.getAsLong()) : "an unknown amount";
  }

  /** Bytes as a person reads them, such as {@code 3.5 GiB}. */
  static String size(long bytes) {
    return bytes < 10 << 20
        ? Text.format("%.1f MiB", bytes / (double) (1 << 20))
        : bytes < 1L << 30
            ? Text.format("%d MiB", bytes >> 20)
            : Text.format("%.1f GiB", bytes / (double) (1L << 30));
  }
}
