package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** The examples of FIPS 180-4. */
  @Test
  void hashesOfTheStandardsExamples() {
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.of(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aFileOfSeveralBuffersHashesAsItsBytes(@TempDir Path folder) throws IOException {
    byte[] content = new byte[(1 << 17) + 5];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("weights"), content);

    assertThat(Sha256.of(file)).isEqualTo(Sha256.of(content));
  }
}
