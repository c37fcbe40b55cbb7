package io.nightjar.testing.frozen;

import com.sun.jna.NativeLibrary;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/** What the last bits of results and the bytes of PNG files depend on, found by the test itself. */
final class ProcessorKind {
  private static final String UNKNOWN = "unknown";

  private ProcessorKind() {}

  static Map<String, String> ofThisProcess() {
    Map<String, String> kind = new TreeMap<>();
    kind.put("architecture", System.getProperty("os.arch"));
    kind.put("openblas_core", openBlasCore());
    kind.put("vector_instructions", vectorInstructions());
    kind.put("onednn_limit", System.getenv().getOrDefault("DNNL_MAX_CPU_ISA", "none"));
    kind.put("zlib", zlib());
    return kind;
  }

  /** The kernels that OpenBLAS chose, which also heeds {@code OPENBLAS_CORETYPE}. */
  private static String openBlasCore() {
    try {
      Path library =
          Path.of(Loader.load(openblas.class)).toRealPath().resolveSibling("libopenblas.so.0");
      return Files.exists(library)
          ? NativeLibrary.getInstance(library.toString())
              .getFunction("openblas_get_corename")
              .invokeString(new Object[0], false)
          : UNKNOWN;
    } catch (IOException | LinkageError e) {
      return UNKNOWN;
    }
  }

  /** What oneDNN chooses its kernels by. */
  private static String vectorInstructions() {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> String.join(" ", new TreeSet<>(Arrays.asList(line.split("\\s+", -1)))))
          .map(flags -> flags.replaceAll("\\b(?!(?:fma|avx|amx|asimd|sve))\\w+\\b|:", " "))
          .map(flags -> flags.strip().replaceAll("\\s+", " "))
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** A fingerprint of how this Java compresses: versions of zlib differ in the bytes. */
  private static String zlib() {
    byte[] content = new byte[1 << 16];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * i / 128 + i);
    }
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] packed = new byte[2 * content.length];
      int length = deflater.deflate(packed);
      CRC32 crc = new CRC32();
      crc.update(packed, 0, length);
      return Text.format("%08x", crc.getValue());
    } finally {
      deflater.end();
    }
  }
}
