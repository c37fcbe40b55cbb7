package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Builds a bank and writes it as one file. */
@Tag("slow")
class ExportCommandsTest extends CommandLineFixture {

  private Ended export(Path bank, String... arguments) {
    List<String> line = new ArrayList<>(List.of("export", "--master", "local[1]"));
    line.addAll(List.of("--bank", bank.toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  /** The weights are found where the bank says that they came from. */
  @Test
  void writesABankAsOneFileAndSaysWhatIsInIt() {
    Path banks = work.resolve("banks-to-export");
    buildBank("--bank", banks.toString(), "--category", "bottle");
    Path bank = banks.resolve("bottle");
    Path file = work.resolve("bottle.onnx");

    Ended exported = export(bank, "--out", file.toString(), "--false-alarm-rate", "0.2");

    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out())
        .contains("Model: " + file, "Card:  " + work.resolve("bottle.card.md"))
        .contains("With p-values by 9 images of the bank and a verdict", "rate of 0.2");
    assertThat(file).isNotEmptyFile();
    assertRefused(export(bank, "--out", file.toString()), "is there already", "--overwrite");
    Ended rounded =
        export(
            bank,
            "--out",
            file.toString(),
            "--overwrite",
            "--precision",
            "fp16",
            "--neighbours",
            "2");
    assertThat(rounded.exitCode()).as(rounded.err()).isZero();
    assertThat(rounded.out())
        .contains("Rounding the rows moves none by more than ", "Without p-value and verdict: ");
    assertRefused(
        export(bank, "--out", work.resolve("rare.onnx").toString(), "--false-alarm-rate", "0.01"),
        "--false-alarm-rate is 0.01",
        "at least 0.1");
  }
}
