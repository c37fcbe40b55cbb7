package io.nightjar.backbone.onednn;

import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sets of instructions that oneDNN distinguishes, {@code dnnl_cpu_isa_t}. */
final class Instructions {
  /** By their bits, the largest set first. */
  private static final Map<Integer, String> SETS = new LinkedHashMap<>();

  static {
    SETS.put(0x327, "AVX-512 with VNNI and bfloat16");
    SETS.put(0x127, "AVX-512 with VNNI");
    SETS.put(OneDnn.AVX512, "AVX-512");
    SETS.put(0x7, "AVX2");
    SETS.put(0x3, "AVX");
    SETS.put(0x1, "SSE4.1");
  }

  private Instructions() {}

  /** The largest known set that is within these bits. */
  static String name(int bits) {
    return SETS.entrySet().stream()
        .filter(set -> (bits & set.getKey()) == set.getKey())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> Text.format("instructions 0x%x", bits));
  }
}
