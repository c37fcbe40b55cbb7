package io.nightjar.cli.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Options that are refused before Spark starts. */
class ExportCommandTest {

  private static ExportCommand command(String... options) {
    List<String> line = new ArrayList<>(List.of(options));
    line.addAll(List.of("--bank", "bank", "--out", "bank.onnx", "--neighbours", "1"));
    line.addAll(List.of("--smoothing", "0", "--image-score", "max"));
    CommandLine parsed = new CommandLine(new ExportCommand());
    parsed.parseArgs(line.toArray(String[]::new));
    return parsed.getCommand();
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatThrownBy(() -> command("--format", "tflite", "--precision", "fp32").call())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --format is \"tflite\"; it must be onnx.");
  }

  @Test
  void anotherPrecisionIsRefused() {
    assertThatThrownBy(() -> command("--precision", "int8").call())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --precision is \"int8\"; it must be fp32 or fp16.");
  }

  @Test
  void aHashOfNoWeightsIsRefused() {
    assertThatThrownBy(() -> command("--precision", "fp32", "--weights-sha256", "00ff").call())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --weights-sha256 is the hash of --weights");
  }
}
