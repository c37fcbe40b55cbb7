package io.nightjar.backbone.weights;

import static io.nightjar.backbone.weights.StateDictWriter.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TorchFileTest {
  @TempDir Path folder;

  private enum Format {
    ZIP {
      @Override
      byte[] bytes(StateDictWriter dict) throws IOException {
        return dict.zip();
      }
    },
    LEGACY {
      @Override
      byte[] bytes(StateDictWriter dict) {
        return dict.legacy();
      }
    };

    abstract byte[] bytes(StateDictWriter dict) throws IOException;
  }

  private Weights load(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("model.pth"), file);
    return WeightFiles.load(path.toString(), Optional.empty(), new Configuration(false));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void readsTensorsInOrder(Format format) throws IOException {
    Weights weights =
        load(
            format.bytes(
                new StateDictWriter()
                    .put("a", floats(List.of(2, 2), 1, 2, 3, 4))
                    .put("b", floats(List.of(1), -5.5f))));

    assertThat(weights.names()).containsExactly("a", "b");
    assertThat(weights.tensor("a").shape()).containsExactly(2, 2);
    assertThat(weights.tensor("a").values()).containsExactly(1, 2, 3, 4);
    assertThat(weights.tensor("b").values()).containsExactly(-5.5f);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void followsOffsetsAndStrides(Format format) throws IOException {
    byte[] storage = floats(List.of(7), 9, 1, 2, 3, 4, 5, 6).storage();
    StateDictWriter.Entry transposed =
        new StateDictWriter.Entry(
            "FloatStorage", 4, storage, 1, List.of(3, 2), List.of(1, 3), true);

    Weights weights = load(format.bytes(new StateDictWriter().put("t", transposed)));

    assertThat(weights.tensor("t").values()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  /** 1.5 and -0.25 in each type, and the counter that torch keeps as an integer. */
  @ParameterizedTest
  @CsvSource({
    "DoubleStorage, 8, 000000000000f83f000000000000d0bf, 1.5, -0.25",
    "FloatStorage, 4, 0000c03f000080be, 1.5, -0.25",
    "HalfStorage, 2, 003e00b4, 1.5, -0.25",
    "HalfStorage, 2, 0100ff7b, 5.9604645E-8, 65504",
    "BFloat16Storage, 2, c03f80be, 1.5, -0.25",
    "LongStorage, 8, 0700000000000000ffffffffffffffff, 7, -1"
  })
  void convertsToFloat(String type, int bytes, String hex, float first, float second)
      throws IOException {
    StateDictWriter.Entry entry =
        new StateDictWriter.Entry(
            type, bytes, HexFormat.of().parseHex(hex), 0, List.of(2), List.of(1), false);

    assertThat(load(new StateDictWriter().put("x", entry).zip()).tensor("x").values())
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource({"state_dict", "model_state_dict", "model"})
  void findsNestedStateDicts(String key) throws IOException {
    Weights weights =
        load(new StateDictWriter().put("module.a", floats(List.of(1), 1)).under(key).zip());

    assertThat(weights.names()).containsExactly("a");
  }

  /** As PyTorch's ImageNet example saves them: a tensor next to the state dict. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void takesTheStateDictWhateverIsNextToIt(Format format) throws IOException {
    Weights weights =
        load(
            format.bytes(
                new StateDictWriter()
                    .put("module.a", floats(List.of(1), 1))
                    .andOther("best_acc1", floats(List.of(), 76.1f))
                    .nextToArguments()
                    .under("state_dict")));

    assertThat(weights.names()).containsExactly("a");
    assertThat(weights.part()).isEqualTo("state_dict");
  }

  @Test
  void followsStateDictsInsideOfModels() throws IOException {
    Weights weights =
        load(
            new StateDictWriter()
                .put("_orig_mod.module.a", floats(List.of(1), 1))
                .under("model", "state_dict")
                .zip());

    assertThat(weights.names()).containsExactly("a");
    assertThat(weights.part()).isEqualTo("model.state_dict");
  }

  @Test
  void averagedModelsKeepTheirCounterApart() throws IOException {
    Weights weights =
        load(
            new StateDictWriter()
                .put("n_averaged", floats(List.of(), 3))
                .put("module.a", floats(List.of(1), 1))
                .zip());

    assertThat(weights.names()).containsExactly("a", "n_averaged");
  }

  @Test
  void namesTheKeysWhereThereAreNoTensors() throws IOException {
    byte[] file = new StateDictWriter().under("weights", "inner").zip();

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "it holds no tensors at the top or under state_dict or model_state_dict or model; its keys are weights");
  }

  /** {@code torch.ones(1).expand(2, 3)} and rows of a Hankel matrix, which overlap. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void expandedAndOverlappingViewsAreReadAsTorchReadsThem(Format format) throws IOException {
    byte[] one = floats(List.of(1), 2.5f).storage();
    byte[] four = floats(List.of(4), 1, 2, 3, 4).storage();
    Weights weights =
        load(
            format.bytes(
                new StateDictWriter()
                    .put("expanded", view(one, 0, List.of(2, 3), List.of(0, 0)))
                    .put("hankel", view(four, 0, List.of(2, 3), List.of(1, 1)))
                    .put("row", view(four, 1, List.of(1, 3), List.of(99, 1)))));

    assertThat(weights.tensor("expanded").values())
        .containsExactly(2.5f, 2.5f, 2.5f, 2.5f, 2.5f, 2.5f);
    assertThat(weights.tensor("hankel").values()).containsExactly(1, 2, 3, 2, 3, 4);
    assertThat(weights.tensor("row").values()).containsExactly(2, 3, 4);
  }

  @Test
  void viewsThatExpandBeyondMemoryAreRefused() throws IOException {
    byte[] one = floats(List.of(1), 1).storage();
    byte[] huge =
        new StateDictWriter()
            .put("huge", view(one, 0, List.of(70_000, 70_000), List.of(0, 0)))
            .zip();
    byte[] many =
        new StateDictWriter()
            .put("first", view(one, 0, List.of(300_000_000), List.of(0)))
            .put("second", view(one, 0, List.of(2_000_000_000, 2_000_000_000), List.of(0, 0)))
            .zip();

    assertThatThrownBy(() -> load(huge))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its tensors up to huge take more than 2 GB of memory");
    assertThatThrownBy(() -> load(many)).hasMessageContaining("up to second take more than 2 GB");
  }

  private static StateDictWriter.Entry view(
      byte[] storage, int offset, List<Integer> shape, List<Integer> strides) {
    return new StateDictWriter.Entry("FloatStorage", 4, storage, offset, shape, strides, false);
  }

  @ParameterizedTest
  @CsvSource({"os, system", "builtins, eval", "posix, system", "torch, _utils._rebuild_tensor"})
  void refusesEveryOtherClass(String module, String function) throws IOException {
    byte[] file =
        StateDictWriter.zipOf(StateDictWriter.maliciousPickle(module, function, "touch /tmp/x"));

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it refers to " + module + "." + function)
        .hasMessageContaining("model.pth");
  }

  @Test
  void refusesCodeBehindTheLegacyMagicNumber() throws IOException {
    byte[] whole = new StateDictWriter().put("a", floats(List.of(1), 1)).legacy();
    byte[] evil = StateDictWriter.maliciousPickle("os", "system", "true");
    byte[] file = Arrays.copyOf(whole, 15 + evil.length);
    System.arraycopy(evil, 0, file, 15, evil.length);

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("os.system");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void refusesTruncatedFiles(Format format) throws IOException {
    byte[] file = format.bytes(new StateDictWriter().put("a", floats(List.of(4), 1, 2, 3, 4)));

    for (int length = 1; length < file.length; length += 7) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> load(truncated)).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void refusesTensorsThatLeaveTheirStorage() throws IOException {
    StateDictWriter.Entry entry =
        new StateDictWriter.Entry(
            "FloatStorage", 4, new byte[16], 2, List.of(3), List.of(1), false);
    byte[] file = new StateDictWriter().put("far", entry).zip();

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("far")
        .hasMessageContaining("needs more elements than the 4");
  }

  @Test
  void refusesValuesThatAreNoNumbers() throws IOException {
    byte[] file = new StateDictWriter().put("bad", floats(List.of(2), 1, Float.NaN)).zip();

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the tensor bad holds the value NaN");
  }

  @Test
  void anEntryIsNotUnpackedBeyondTheSizeOfItsStorage() throws IOException {
    byte[] storage = new byte[16];
    byte[] file = new StateDictWriter().put("a", view(storage, 0, List.of(4), List.of(1))).zip();
    // The number of the storage's elements, as the pickle has it: an integer after the text "cpu".
    int at = indexOf(file, new byte[] {'c', 'p', 'u', 'J', 4}) + 4;
    file[at] = 3;

    assertThatThrownBy(() -> load(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data/0 unpacks to more than the expected 12 bytes");
  }

  @Test
  void keysAndNumbersOfOtherKindsAreRefusedOrPassedOver() throws IOException {
    // {(1,): 1, "x": 2}: a key that is a tuple.
    byte[] tuple = {
      (byte) 0x80, 2, '}', '(', 'K', 1, (byte) 0x85, 'K', 1, 'K', 2, 'K', 3, 'u', '.'
    };
    // None where a tensor's arguments are expected, and a number of 255 bytes.
    byte[] none =
        "\200\2ctorch._utils\n_rebuild_tensor_v2\n(NNNNtR.".getBytes(StandardCharsets.ISO_8859_1);
    byte[] number = new byte[70_008];
    System.arraycopy(new byte[] {(byte) 0x80, 2, (byte) 0x8B, 0x70, 0x11, 1, 0}, 0, number, 0, 7);

    for (byte[] pickle : List.of(tuple, none, number)) {
      assertThatThrownBy(() -> load(StateDictWriter.zipOf(pickle)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("model.pth");
    }
  }

  @Test
  void aPickleOfTooManyOpcodesIsRefused() throws IOException {
    byte[] pickle = new byte[4_100_000];
    Arrays.fill(pickle, (byte) 'N');
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;

    assertThatThrownBy(() -> load(StateDictWriter.zipOf(pickle)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("more than 4000000 opcodes");
  }

  private static int indexOf(byte[] file, byte[] part) {
    for (int i = 0; i + part.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("the part is not there");
  }
}
