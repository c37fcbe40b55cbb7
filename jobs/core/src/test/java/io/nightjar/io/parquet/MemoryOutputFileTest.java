package io.nightjar.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;

class MemoryOutputFileTest {
  @Test
  void whatIsWrittenIsKeptAndThePositionIsItsLength() throws IOException {
    MemoryOutputFile file = new MemoryOutputFile();
    try (PositionOutputStream out = file.create(0)) {
      out.write("PAR".getBytes(StandardCharsets.US_ASCII));
      out.write('1');

      assertThat(out.getPos()).isEqualTo(4);
    }
    assertThat(file.bytes()).asString(StandardCharsets.US_ASCII).isEqualTo("PAR1");
  }
}
