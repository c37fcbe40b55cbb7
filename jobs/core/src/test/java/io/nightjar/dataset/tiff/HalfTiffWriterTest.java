package io.nightjar.dataset.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.map.DecodedMap;
import io.nightjar.dataset.map.MapDecoder;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HalfTiffWriterTest {

  /** By TIFF 6.0, section 2, and IEEE 754: 1 is 3C00, -2 is C000, 0.1 is 2E66, 65504 is 7BFF. */
  @Test
  void writesTheBytesOfTheSpecification() throws Exception {
    String expected =
        ("49492A00 08000000" // little-endian, 42, the directory at 8
                + "0A00" // of 10 entries: tag, type, count, value
                + "0001 0400 01000000 03000000" // width 3
                + "0101 0400 01000000 02000000" // height 2
                + "0201 0300 01000000 10000000" // 16 bits
                + "0301 0300 01000000 01000000" // not compressed
                + "0601 0300 01000000 01000000" // 0 is black
                + "1101 0400 01000000 86000000" // the strip at 134
                + "1501 0300 01000000 01000000" // one channel
                + "1601 0400 01000000 02000000" // of 2 rows
                + "1701 0400 01000000 0C000000" // 12 bytes
                + "5301 0300 01000000 03000000" // floating point
                + "00000000" // no further directory
                + "003C 00C0 662E"
                + "FF7B 0000 0100")
            .replace(" ", "");

    byte[] written = write(new float[] {1, -2, 0.1f}, new float[] {65504, 0, 0x1p-24f});

    assertThat(HexFormat.of().withUpperCase().formatHex(written)).isEqualTo(expected);
  }

  @Test
  void isReadAsAnAnomalyMap() throws Exception {
    byte[] written = write(new float[] {1, -2, 0.1f}, new float[] {65519, 2049, 2051});

    DecodedMap map = MapDecoder.decode(written, "map.tiff");

    assertThat(map.width()).isEqualTo(3);
    assertThat(map.height()).isEqualTo(2);
    // 0.1 has the nearest half 1638 / 2^14; 2049 and 2051 lie between two and go to the even one.
    assertThat(map.values()).containsExactly(1, -2, 1638f / (1 << 14), 65504, 2048, 2052);
  }

  @Test
  void refusesWhatItCannotExpress() throws Exception {
    assertThatThrownBy(() -> write(new float[] {65520}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The score 65520.0 is beyond 16-bit floating point");
    assertThatThrownBy(() -> write(new float[] {Float.NaN})).hasMessageContaining("NaN");
    HalfTiffWriter writer = new HalfTiffWriter(new ByteArrayOutputStream(), 2, 2);
    writer.row(new float[2]);
    assertThatThrownBy(writer::end).hasMessage("The TIFF has 2 rows, of which only 1 were written");
    assertThatThrownBy(() -> writer.row(new float[3])).hasMessageContaining("3 values");
    assertThatThrownBy(() -> new HalfTiffWriter(new ByteArrayOutputStream(), 0, 2))
        .hasMessageContaining("0 x 2");
    assertThatThrownBy(() -> new HalfTiffWriter(new ByteArrayOutputStream(), 40_000, 40_000))
        .hasMessageContaining("40000 x 40000");
  }

  private static byte[] write(float[]... rows) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HalfTiffWriter writer = new HalfTiffWriter(out, rows[0].length, rows.length);
    for (float[] row : rows) {
      writer.row(row);
    }
    writer.end();
    return out.toByteArray();
  }
}
