package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scores images with a bank, detects drift, and writes the bank as one file. */
@Tag("slow")
class ScoreCommandsTest extends CommandLineFixture {
  private Path banks;

  @BeforeAll
  void build() {
    banks = work.resolve("banks-to-score");
    Ended built = buildBank("--bank", banks.toString(), "--category", "bottle");
    assertThat(built.exitCode()).as(built.err()).isZero();
  }

  @Test
  void scoresImagesAndDetectsDrift() throws IOException {
    Path runs = work.resolve("scores");
    String normal = data.resolve("bottle/train/good").toString();
    String other = data.resolve("carpet/train/good").toString();

    Ended scored = score(banks, normal, runs.resolve("1"));
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("bottle", "scores.csv", runs.resolve("1").toString());
    assertThat(score(banks, normal, runs.resolve("2")).exitCode()).isZero();
    Ended again = score(banks, normal, runs.resolve("2"));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("already holds the results of this run", "--overwrite");
    assertRefused(score(banks, other, runs.resolve("2")), "already holds", "--overwrite");
    // The bank's own images are at distance 0, and its reference leaves each out of it.
    Ended own = run(List.of("drift", "--bank", banks.toString(), "--runs", runs.toString()));
    assertThat(own.exitCode()).as(own.err()).isEqualTo(4);
    assertThat(own.out()).contains("DRIFTED");
    Path coresets = work.resolve("coresets-to-score");
    buildBank("--bank", coresets.toString(), "--category", "bottle", "--coreset", "0.5");
    assertThat(score(coresets, normal, work.resolve("coreset-scores/1")).exitCode()).isZero();
    List<String> ofCoreset =
        List.of(
            "drift",
            "--bank",
            coresets.toString(),
            "--runs",
            work.resolve("coreset-scores").toString());
    assertThat(run(ofCoreset).out()).contains("reference: the bank's own images");
    Files.delete(coresets.resolve("bottle/reference-scores/1.json"));
    assertRefused(run(ofCoreset), "no reference scores", "--baseline");

    Ended same = drift(banks, runs);
    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(same.out()).contains("reference: the baseline", "ok").doesNotContain("DRIFTED");
    assertThat(score(banks, other, runs.resolve("3")).exitCode()).isZero();
    Ended changed = drift(banks, runs, "--out", work.resolve("drift").toString());
    assertThat(changed.exitCode()).as(changed.err()).isEqualTo(4);
    assertThat(changed.out()).contains("DRIFTED");
    assertThat(work.resolve("drift/drift.json")).isNotEmptyFile();
    assertRefused(drift(banks, runs, "--psi-limit", "0"), "--psi-limit is 0.0");
  }

  private Ended export(String... arguments) {
    List<String> line = new ArrayList<>(List.of("export", "--master", "local[1]"));
    line.addAll(List.of("--bank", banks.resolve("bottle").toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  /** The weights are found where the bank says that they came from. */
  @Test
  void writesABankAsOneFileAndSaysWhatIsInIt() {
    Path file = work.resolve("bottle.onnx");

    Ended exported = export("--out", file.toString(), "--false-alarm-rate", "0.2");

    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out())
        .contains("Model: " + file, "Card:  " + work.resolve("bottle.card.md"))
        .contains("With p-values by 9 images of the bank and a verdict", "rate of 0.2");
    assertThat(file).isNotEmptyFile();
    assertRefused(export("--out", file.toString()), "is there already", "--overwrite");
    Ended rounded =
        export("--out", file.toString(), "--overwrite", "--precision", "fp16", "--neighbours", "2");
    assertThat(rounded.exitCode()).as(rounded.err()).isZero();
    assertThat(rounded.out())
        .contains("Rounding the rows moves none by more than ", "Without p-value and verdict: ");
    assertRefused(
        export("--out", work.resolve("rare.onnx").toString(), "--false-alarm-rate", "0.01"),
        "--false-alarm-rate is 0.01",
        "at least 0.1");
  }
}
