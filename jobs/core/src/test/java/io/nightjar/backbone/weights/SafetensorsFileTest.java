package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  private static final String TWO =
      "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  @TempDir Path folder;

  private static byte[] file(String header, String dataHex) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] data = HexFormat.of().parseHex(dataHex);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private Weights load(byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("w.safetensors"), bytes);
    return WeightFiles.load(path.toString(), Optional.empty(), new Configuration(false));
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> load(bytes))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("w.safetensors")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 000000000000f83f000000000000d0bf",
    "F32, 0000c03f000080be",
    "F16, 003e00b4",
    "BF16, c03f80be"
  })
  void readsEveryFloatType(String type, String hex) throws IOException {
    String header =
        Text.format(
            "{\"__metadata__\":{\"format\":\"pt\"},\"x\":{\"dtype\":\"%s\",\"shape\":[2,1],\"data_offsets\":[0,%d]}}",
            type, hex.length() / 2);

    Tensor tensor = load(file(header, hex)).tensor("x");

    assertThat(tensor.shape()).containsExactly(2, 1);
    assertThat(tensor.values()).containsExactly(1.5f, -0.25f);
  }

  @Test
  void recordsTheHashOfTheFile() throws IOException {
    assertThat(load(file("{}", "")).sha256())
        .isEqualTo(Sha256.of(folder.resolve("w.safetensors")))
        .hasSize(64);
  }

  @Test
  void refusesTruncatedTensors() {
    assertRefused(file(TWO, "0000c03f"), "truncated");
  }

  @Test
  void refusesATruncatedHeader() {
    byte[] whole = file(TWO, "");
    assertRefused(java.util.Arrays.copyOf(whole, 30), "truncated");
  }

  @Test
  void refusesAnOverlongHeader() {
    byte[] bytes = file(TWO, "0000c03f000080be");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 60);
    assertRefused(bytes, "its header claims 1152921504606846976 bytes");
  }

  @Test
  void refusesBrokenJson() {
    assertRefused(file("{\"x\":", ""), "not valid JSON");
  }

  @Test
  void refusesAShapeThatDoesNotFillItsBytes() {
    assertRefused(file(TWO.replace("[2]", "[3]"), "0000c03f000080be"), "does not fill the 8 bytes");
  }

  @Test
  void refusesNegativeOffsets() {
    assertRefused(file(TWO.replace("[0,8]", "[-8,0]"), "0000c03f000080be"), "[-8, 0]");
  }

  @Test
  void refusesTensorsThatShareBytes() {
    String first = TWO.substring(0, TWO.length() - 1);
    String same = first + ",\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    String half = first + ",\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";

    assertRefused(file(same, "0000c03f000080be"), "the tensors y and x share bytes");
    assertRefused(file(half, "0000c03f000080be"), "the tensors y and x share bytes");
  }

  @Test
  void emptyTensorsShareNothing() throws IOException {
    String header =
        TWO.substring(0, TWO.length() - 1)
            + ",\"y\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}";

    assertThat(load(file(header, "0000c03f000080be")).tensor("y").values()).isEmpty();
  }

  @Test
  void refusesMoreAxesThanWeightsHave() {
    String axes = "1,".repeat(16) + "2";
    assertRefused(file(TWO.replace("[2]", "[" + axes + "]"), "0000c03f000080be"), "lacks a shape");
  }

  @Test
  void refusesNestingInASentence() {
    String deep = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertRefused(file(deep, ""), "not valid JSON");
  }

  @Test
  void refusesUnknownTypes() {
    assertRefused(file(TWO.replace("F32", "F8_E5M2"), "0000c03f000080be"), "'F8_E5M2'");
  }

  @Test
  void refusesInfinities() {
    assertRefused(file(TWO, "0000c03f0000807f"), "the tensor x holds the value Infinity");
  }

  @Test
  void namesWhatIsInPlaceOfWeights() {
    assertRefused(
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"
            .getBytes(StandardCharsets.UTF_8),
        "it is a Git LFS pointer in place of the file; fetch the file with git lfs pull");
  }

  @Test
  void refusesOtherFiles() {
    assertRefused("just a text, long enough".getBytes(StandardCharsets.UTF_8), "neither");
  }

  @Test
  void refusesEmptyFiles() {
    assertRefused(new byte[0], "the file is empty");
  }
}
