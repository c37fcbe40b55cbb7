package io.nightjar.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kernels that are compared compute the same, and JMH finds them all. */
@Tag("slow")
class KernelsTest {

  @Test
  void bothDecodersReadTheSamePixels() throws Exception {
    ImageKernels kernels = new ImageKernels();
    kernels.draw();

    assertThat(kernels.decodePng().pixels())
        .isEqualTo(kernels.decodePngByImageIo().pixels())
        .hasSize(3 * 1024 * 1024);
  }

  @Test
  void theListOfKernelsHasThoseInPlainJavaAsWell() throws IOException {
    try (InputStream list = Benchmarks.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
          .contains("LinalgKernels", "JavaLinalgKernels", "-Dnightjar.linalg=java");
    }
  }
}
