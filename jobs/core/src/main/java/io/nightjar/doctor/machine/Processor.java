package io.nightjar.doctor.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The processor as Linux describes it.
 *
 * @param model its name; the architecture where the system does not say
 * @param count of the machine's logical processors; 0 where the system does not say
 * @param vectors the instructions for vectors that numeric libraries choose their kernels by,
 *     widest first
 */
record Processor(String model, int count, List<String> vectors) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private static final List<String> KNOWN =
      List.of("amx_tile", "avx512_vnni", "avx512f", "avx2", "fma", "avx", "sse4_1", "sve", "asimd");

  /** Variables by which a user limits what libraries choose. */
  private static final List<String> LIMITS =
      List.of("OPENBLAS_CORETYPE", "DNNL_MAX_CPU_ISA", "ONEDNN_MAX_CPU_ISA");

  static Processor ofThisMachine() {
    return read(LINUX);
  }

  /** Reads {@code /proc/cpuinfo}. */
  static Processor read(Path file) {
    Map<String, String> first = new HashMap<>();
    int count = 0;
    if (Files.isReadable(file)) {
      try {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          String[] field = line.split(":", 2);
          if (field.length == 2) {
            String name = field[0].strip();
            count += name.equals("processor") ? 1 : 0;
            first.putIfAbsent(name, field[1].strip());
          }
        }
      } catch (IOException e) {
        // A machine that does not describe its processor has one all the same.
      }
    }
    String flags = first.getOrDefault("flags", "") + " " + first.getOrDefault("Features", "");
    List<String> vectors = new ArrayList<>(KNOWN);
    vectors.retainAll(List.of(flags.strip().split("\\s+", -1)));
    String model = first.getOrDefault("model name", System.getProperty("os.arch"));
    return new Processor(model, count, List.copyOf(vectors));
  }

  /** The variables that are set, by name. */
  static Map<String, String> limits(Map<String, String> environment) {
    Map<String, String> set = new TreeMap<>();
    LIMITS.stream()
        .filter(environment::containsKey)
        .forEach(name -> set.put(name, environment.get(name)));
    return set;
  }
}
