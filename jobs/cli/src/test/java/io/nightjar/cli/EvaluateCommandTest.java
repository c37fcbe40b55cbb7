package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluates from files to files, with options and settings. */
@Tag("slow")
class EvaluateCommandTest extends CommandLineFixture {
  @Test
  void evaluatesFromFilesToFiles() throws IOException {
    Path out = work.resolve("first");

    Ended ended = evaluate("--out", out.toString(), "--visualizations", "1");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("carpet", "bottle", "mean", out.toString());
    assertThat(out.resolve("metrics.json")).isNotEmptyFile();
    assertThat(out.resolve("metrics.csv")).isNotEmptyFile();
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("weights_sha256", "nightjar_commit", "sha256_by_category", "seconds_by_stage")
        .contains("\"precision\" : \"fp32\"", "\"linear_algebra\" : ", "\"devices\" : ")
        .contains("\"network_computed_by\" : ");
    assertThat(out.resolve("pictures/carpet")).isDirectory();

    Ended again = evaluate("--out", out.toString());
    assertRefused(again, "already holds", "--overwrite");
    Ended replaced = evaluate("--out", out.toString(), "--overwrite", "--category", "bottle");
    assertThat(replaced.exitCode()).as(replaced.err()).isZero();
  }

  @Test
  void anEvaluationIsComparedWithItsBaseline() throws IOException {
    String first = work.resolve("nights/1").toString();
    String second = work.resolve("nights/2").toString();
    String latest = work.resolve("nights/latest").toString();
    assertThat(evaluate("--out", first, "--baseline", latest).out())
        .contains("There is no finished run for --baseline " + latest);
    assertThat(work.resolve("nights/1/report.html"))
        .content()
        .contains("There is no finished run for --baseline ")
        .doesNotContain("What changed since the baseline");

    Ended same = evaluate("--out", second, "--baseline", latest, "--reuse", "none");

    assertThat(same.exitCode()).as(same.err()).isZero();
    assertThat(same.out().lines().toList())
        .last()
        .isEqualTo("Passed: of 2 categories 2 are identical.");
    assertThat(work.resolve("nights/2/compare.html")).isNotEmptyFile();
    assertThat(work.resolve("nights/2/report.html"))
        .content()
        .contains("<p>Passed: of 2 categories 2 are identical.</p>", "href=\"compare.html\"")
        .contains("What changed since the baseline", "Parts at the threshold")
        .doesNotContain("had not ended");
    Ended gated =
        evaluate(
            "--out",
            second,
            "--overwrite",
            "--baseline",
            first,
            "--variance",
            "0.5",
            "--fail-on",
            "slower>0.001");
    assertThat(gated.exitCode()).as(gated.err()).isEqualTo(5);
    assertThat(gated.out()).contains("options.variance: 0.95, then 0.5");
    assertThat(gated.out().lines().toList()).last().asString().startsWith("Not passed: ");
    assertThat(work.resolve("nights/2/metrics.json")).isNotEmptyFile();
    assertThat(work.resolve("nights/2/report.html"))
        .content()
        .contains("<p>Not passed: ", "<li>options.variance: 0.95, now 0.5</li>");
  }

  @Test
  void tooManyUnreadableFilesEndWithExitCode3() throws IOException {
    Path broken = TinyDataset.generate(work.resolve("broken"));
    Files.write(broken.resolve("carpet/train/good/000.png"), new byte[0]);

    Ended ended =
        evaluate("--data", broken.toString(), "--out", work.resolve("broken-out").toString());

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.out()).contains("carpet", "train/good/000.png", "bottle");
  }

  @Test
  void theRunSaysWhatCoresetWasKept() throws IOException {
    Path out = work.resolve("coreset");

    Ended ended =
        evaluate(
            "--coreset",
            "0.25",
            "--coreset-method",
            "random",
            "--coreset-seed",
            "6",
            "--category",
            "bottle",
            "--out",
            out.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("a coreset of 144 of 576 rows, chosen at random");
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("\"coreset\" : 0.25", "\"coreset_method\" : \"random\"")
        .contains("\"coreset_seed\" : 6");
    assertThat(Files.readString(out.resolve("metrics.json"))).contains("\"bank_rows\" : 144");
  }

  @Test
  void severalSizesAndThePositionAreRecorded() throws IOException {
    Path out = work.resolve("two-sizes");

    Ended ended =
        evaluate(
            "--image-size",
            "64, 96",
            "--position",
            "0.25",
            "--category",
            "bottle",
            "--out",
            out.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("one cell of the grid aside counts");
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("\"image_size\" : 64", "\"position\" : 0.25")
        .containsPattern("\"image_sizes\" : \\[ 64, 96 \\]");
    assertRefused(
        evaluate("--image-size", "64;96", "--out", "unused"),
        "--image-size is \"64;96\"",
        "such as 224,448");
    assertRefused(evaluate("--position", "-1", "--out", "unused"), "position", "between 0 and 100");
  }

  @Test
  void whatCannotBeMadeOfComponentsStagesAndNetworksIsRefused() {
    assertRefused(
        evaluate("--max-components", "0", "--out", "unused"),
        "--max-components is 0; it must be \"none\" or at least 1");
    assertRefused(
        evaluate("--max-components", "few", "--out", "unused"),
        "--max-components is \"few\"; it must be none or a whole number");
    assertRefused(
        evaluate("--stage-weights", "heavy", "--out", "unused"), "--stage-weights is \"heavy\"");
    assertRefused(
        evaluate("--stage-weights", "1,2", "--out", "unused"),
        "--stage-weights names 2 weights",
        "--layers 1,2,3 has 3");
    assertRefused(
        evaluate("--backbone", "resnet18,resnet50", "--out", "unused"),
        "--weights names 1 value",
        "--backbone resnet18,resnet50 names 2 networks");
    assertRefused(
        evaluate(
            "--backbone", "resnet18,resnet18", "--weights", weights + ",random:7", "--out", "x"),
        "have no meaning together");
  }

  @Test
  void settingsComeFromTheFileUnlessTheCommandLineNamesThem() throws IOException {
    Path config =
        Files.writeString(work.resolve("five.conf"), "nightjar { neighbours = 5, variance = 0.9 }");
    Path out = work.resolve("configured");

    Ended ended =
        evaluate(
            "--config",
            config.toString(),
            "--category",
            "bottle",
            "--out",
            out.toString(),
            "--variance",
            "0.8");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(Files.readString(out.resolve("run.json")))
        .containsPattern("\"neighbours\" : 5,")
        .containsPattern("\"variance\" : 0.8,");
  }
}
