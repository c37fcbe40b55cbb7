package io.nightjar.job.run;

import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What numeric libraries choose their kernels by, and with them the last bits of float32 products:
 * the processor as Linux describes it, and the variables by which a user limits the choice.
 */
final class ProcessorKind {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final List<String> FIELDS =
      List.of(
          "vendor_id", "cpu family", "model", "flags", "CPU implementer", "CPU part", "Features");
  private static final List<String> LIMITS =
      List.of("OPENBLAS_CORETYPE", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA");

  private ProcessorKind() {}

  /** In one line; two machines of one kind give one text. */
  static String ofThisMachine() {
    Map<String, String> kind = new TreeMap<>();
    kind.put("architecture", System.getProperty("os.arch"));
    for (String limit : LIMITS) {
      kind.put(limit, System.getenv().getOrDefault(limit, ""));
    }
    if (Files.isReadable(LINUX)) {
      try (Stream<String> lines = Files.lines(LINUX)) {
        lines
            .takeWhile(line -> !line.isBlank()) // the first processor represents all
            .map(line -> line.split(":", 2))
            .filter(field -> field.length == 2 && FIELDS.contains(field[0].strip()))
            .forEach(field -> kind.put(field[0].strip(), field[1].strip()));
      } catch (IOException e) {
        kind.put("unreadable", e.getMessage());
      }
    }
    return kind.entrySet().stream()
        .map(field -> Text.format("%s=%s", field.getKey(), field.getValue()))
        .collect(Collectors.joining("; "));
  }
}
