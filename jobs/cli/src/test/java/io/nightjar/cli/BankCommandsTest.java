package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Builds, updates, inspects and evaluates stored banks. */
@Tag("slow")
class BankCommandsTest extends CommandLineFixture {
  @Test
  void buildsBanksAndEvaluatesWithThem() throws IOException {
    Path banks = work.resolve("banks");
    Path out = work.resolve("with-banks");

    Ended built = buildBank("--bank", banks.toString(), "--category", "bottle");

    assertThat(built.exitCode()).as(built.err()).isZero();
    assertThat(built.out()).contains("bottle", banks.resolve("bottle") + "@1");
    assertRefused(
        buildBank("--bank", banks.toString(), "--category", "bottle"), "already", "--overwrite");
    assertRefused(
        evaluate("--bank", banks.toString(), "--out", out.toString()),
        "There is no bank of carpet in",
        "which has banks of bottle");
    assertRefused(
        evaluate("--bank", banks.toString(), "--variance", "0.9", "--out", out.toString()),
        "--variance",
        "--bank");
    assertRefused(
        evaluate("--bank", banks + "@2", "--category", "bottle", "--out", out.toString()),
        "no version 2");

    Ended evaluated =
        evaluate("--bank", banks + "@1", "--category", "bottle", "--out", out.toString());
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(Files.readString(out.resolve("run.json"))).contains("\"manifest_sha256\" : ");
  }

  @Test
  void whatIsRefusedLeavesNoFolder() throws IOException {
    Path banks = work.resolve("refused-banks");
    Path noWeights = Files.writeString(work.resolve("no-weights.safetensors"), "nothing");

    assertRefused(
        buildBank("--bank", banks.toString(), "--weights", noWeights.toString()),
        noWeights.getFileName().toString());

    assertThat(banks).doesNotExist();
  }

  @Test
  void oneBankOfAllCategories() throws IOException {
    Path banks = work.resolve("unified-banks");
    Path out = work.resolve("with-unified-bank");

    Ended built = buildBank("--bank", banks.toString(), "--scope", "unified");
    Ended evaluated = evaluate("--bank", banks.toString(), "--out", out.toString());

    assertThat(built.exitCode()).as(built.err()).isZero();
    assertThat(built.out())
        .contains(banks.resolve("unified") + "@1")
        .doesNotContainPattern("(?m)^bottle");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("bottle: Compared with one bank of 2 categories");
    assertThat(Files.readString(out.resolve("run.json"))).contains("\"scope\" : \"unified\"");
    assertRefused(evaluate("--scope", "both", "--out", "unused"), "both", "category or unified");
    assertRefused(
        evaluate("--scope", "unified", "--bank", banks.toString(), "--out", "unused"),
        "--scope",
        "--bank");
  }

  @Test
  void updatesAndInspectsBanks() throws IOException {
    Path banks = work.resolve("updated-banks");
    Ended built = buildBank("--bank", banks.toString());
    assertThat(built.exitCode()).as(built.err()).isZero();
    Path more = Files.createDirectories(work.resolve("more"));
    Files.copy(data.resolve("bottle/test/good/000.png"), more.resolve("new.png"));
    Path list = Files.writeString(work.resolve("leaving.txt"), "train/good/001.png\n");

    Ended updated =
        updateBank(
            "--bank",
            banks.resolve("bottle").toString(),
            "--data",
            more.toString(),
            "--guard",
            "off",
            "--refit",
            "never",
            "--remove",
            list.toString());

    assertThat(updated.exitCode()).as(updated.err()).isZero();
    assertThat(updated.out())
        .contains("added", "removed", "duplicates", "explained")
        .contains(banks.resolve("bottle") + "@2");
    Ended inspected =
        run(
            List.of(
                "inspect-bank",
                "--master",
                "local[2]",
                "--bank",
                banks.toString(),
                "--verify",
                "--contamination",
                "--images"));
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    assertThat(inspected.out())
        .contains("bottle@2", "carpet@1", "follows     version 1", "all verified")
        .contains("  new.png", "score,largest,path,odd")
        .doesNotContain("bottle/train/good/001.png");
    assertRefused(updateBank("--bank", banks.toString()), "nothing to do");
    assertRefused(
        updateBank("--bank", banks.toString(), "--remove", "train/good/002.png"),
        "images of one bank",
        "--category");
    assertRefused(updateBank("--bank", banks.toString(), "--keep-last", "0"), "--keep-last is 0");
    assertRefused(
        updateBank("--bank", banks.toString(), "--newer-than", "yesterday"), "yesterday", "a day");
    assertRefused(
        updateBank("--bank", banks.toString(), "--refit", "maybe"), "auto or never or always");
    assertRefused(
        updateBank("--bank", banks.toString(), "--data", more.toString(), "--guard", "high"),
        "--guard",
        "high");
    assertRefused(
        updateBank("--bank", banks.toString(), "--keep-last", "3", "--guard", "5"),
        "--guard is about new images, but --data names none");
    assertRefused(
        updateBank("--bank", banks.toString(), "--variance", "0.9"), "--variance", "bank's own");
  }
}
