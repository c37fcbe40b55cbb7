package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user mistypes or forgets gets one sentence and exit code 2, before any work. */
@Tag("slow")
class CommandLineTest extends CommandLineFixture {
  @Test
  void anOptionOfOtherCommandsIsRefusedWithTheReason() {
    for (String option :
        List.of(
            "--scope",
            "--max-components",
            "--stage-weights",
            "--coreset",
            "--coreset-method",
            "--coreset-seed",
            "--position")) {
      assertRefused(
          updateBank("--bank", "unused", "--keep-last", "3", option, "1"),
          "update-bank does not have the option " + option,
          "an update keeps the bank's own",
          "evaluate, build-bank");
    }
    assertRefused(
        metrics(work.resolve("unused"), "--out", "unused", "--weights=resnet50.pth"),
        "metrics does not have the option --weights",
        "evaluate");
  }

  @Test
  void whatIsMistypedIsOneSentenceWithWhatWasProbablyMeant() {
    assertSaid(run(List.of("evalute")), "There is no command evalute; did you mean evaluate?");
    assertSaid(run(List.of("zzz")), "There is no command zzz; nightjar help lists the commands.");
    assertSaid(
        evaluate("--catgory=bottle"),
        "The command evaluate does not have the option --catgory; did you mean --category?");
    assertSaid(
        run(List.of("compare", "a", "b", "--zzz")),
        "The command compare does not have the option --zzz; nightjar help compare lists its"
            + " options.");
    assertSaid(
        evaluate("bottle"),
        "The command evaluate cannot use the argument 'bottle'; nightjar help evaluate lists its"
            + " options.");
    assertSaid(
        run(List.of("--zzz")), "There is no option --zzz; nightjar help lists the commands.");
  }

  private static void assertSaid(Ended ended, String sentence) {
    assertThat(ended.err().lines()).containsExactly("nightjar: " + sentence);
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void whatSaysHowABankIsBuiltIsRefusedWithAStoredBank() {
    for (String option :
        List.of(
            "--coreset=0.1",
            "--coreset-method=random",
            "--coreset-seed=1",
            "--scope=unified",
            "--variance=0.9",
            "--max-components=9",
            "--stage-weights=balanced",
            "--position=0.25",
            "--pca=mllib",
            "--train-patches=keep",
            "--chunk-images=32")) {
      assertRefused(
          evaluate("--bank", "unused", option),
          option.substring(0, option.indexOf('=')),
          "says how a bank is built, but --bank names one that is");
    }
  }

  @Test
  void optionsByTheirOldNames() throws IOException {
    assertRefused(evaluate("--pictures", "-1"), "--visualizations is -1");
    assertRefused(evaluate("--pictures=-2"), "--visualizations is -2");
    assertRefused(evaluate("--neighbors", "0"), "--neighbours is 0");
    Path config =
        Files.writeString(work.resolve("old.conf"), "nightjar { pictures = -3, neighbors = 5 }");
    assertRefused(evaluate("--config", config.toString()), "--visualizations is -3");
    assertThat(run(List.of("help", "evaluate")).out())
        .contains("--visualizations", "--neighbors")
        .doesNotContain("--pictures");
  }

  @Test
  void noSuchDirectory() {
    assertRefused(evaluate("--data", work.resolve("nowhere").toString()), "nowhere");
  }

  @Test
  void noCategory() throws IOException {
    Path empty = Files.createDirectories(work.resolve("empty"));

    assertRefused(evaluate("--data", empty.toString()), "empty", "train/good");
  }

  @Test
  void categoryWithoutTrainingImages() throws IOException {
    Path root = work.resolve("untrained");
    Files.createDirectories(root.resolve("nut/train/good"));
    Files.createDirectories(root.resolve("nut/test/good"));

    assertRefused(evaluate("--data", root.toString()), "nut", "train/good");
  }

  @Test
  void unknownCategory() {
    assertRefused(evaluate("--category", "botle"), "botle", "bottle", "carpet");
  }

  @Test
  void unknownBackbone() {
    assertRefused(evaluate("--backbone", "resnet51"), "resnet51", "resnet50");
    assertRefused(evaluate("--precision", "fp8"), "fp8", "fp32 or fp16");
  }

  @Test
  void backboneThatDoesNotFitTheWeights() {
    assertRefused(evaluate("--backbone", "resnet50"), "resnet50", "resnet18");
  }

  @Test
  void optionOutOfRange() {
    assertRefused(evaluate("--variance", "1.5"), "--variance", "1.5", "at most 1");
  }

  @Test
  void broadcastLimitThatIsNoSizeOrHoldsNoRow() {
    assertRefused(evaluate("--broadcast-limit", "lots"), "--broadcast-limit", "lots", "512m or 2g");
    // 64 + 128 + 256 channels of 4 bytes.
    assertRefused(evaluate("--broadcast-limit", "1k"), "--broadcast-limit", "1024", "1792");
  }

  @Test
  void coresetThatCannotBeChosen() {
    assertRefused(evaluate("--coreset", "0"), "--coreset", "above 0 and at most 1");
    assertRefused(evaluate("--coreset", "1.1"), "--coreset", "1.1");
    assertRefused(evaluate("--coreset", "1e-9"), "--coreset", "none of", "rows");
    assertRefused(evaluate("--coreset-method", "best"), "best", "greedy or random");
  }

  @Test
  void unusableSearch() {
    assertRefused(evaluate("--search", "kdtree"), "--search", "kdtree", "exact, ivf, lsh or hnsw");
    assertRefused(evaluate("--search", "ivf", "--probes", "0"), "--probes is 0", "at least 1");
    assertRefused(evaluate("--search", "ivf", "--lists", "some"), "--lists", "some", "auto");
    assertRefused(evaluate("--search", "ivf", "--lists", "8", "--probes", "9"), "--probes", "8");
    assertRefused(evaluate("--search", "lsh", "--lsh-tables", "0"), "--lsh-tables is 0");
    assertRefused(evaluate("--search", "lsh", "--lsh-bucket-length", "0"), "above 0");
    assertRefused(evaluate("--search", "hnsw", "--ef", "-1"), "--ef is -1");
    assertRefused(
        evaluate("--search", "ivf", "--search-check-images", "0"),
        "search-check-images",
        "at least 1");
  }

  @Test
  void optionThatIsNoNumber() {
    assertRefused(evaluate("--neighbours", "many"), "--neighbours", "many");
  }

  @Test
  void unknownDevice() {
    assertRefused(evaluate("--device", "tpu"), "tpu", "auto", "cpu", "gpu");
  }

  @Test
  void gpuThatIsNotThere() {
    assertRefused(evaluate("--device", "gpu"), "GPU");
  }

  @Test
  void noSuchWeights() {
    assertRefused(evaluate("--weights", work.resolve("no.pth").toString()), "no.pth");
  }

  @Test
  void weightsThatAreNone() throws IOException {
    Path text = Files.writeString(work.resolve("notes.safetensors"), "these are no weights");

    assertRefused(evaluate("--weights", text.toString()), "notes.safetensors");
  }

  @Test
  void addressesAreShownWithoutUserPasswordAndQuery() {
    Ended ended =
        run(
            List.of(
                "evaluate",
                "--data",
                data.toString(),
                "--out",
                "out",
                "--weights",
                "https://user:secret@127.0.0.1/w.pth?signature=secret"));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("The weights https://127.0.0.1/w.pth come from the web")
        .doesNotContain("user", "secret");
  }

  @Test
  void missingOption() {
    Ended ended = run(List.of("evaluate", "--data", data.toString()));

    assertRefused(ended, "--weights", "--out");
  }

  @Test
  void unknownSetting() throws IOException {
    Path config = Files.writeString(work.resolve("mine.conf"), "nightjar { neighbuors = 3 }");

    assertRefused(evaluate("--config", config.toString()), "neighbuors", "neighbours");
  }

  @Test
  void helpNamesEveryExitCode() {
    Ended ended = run(List.of("--help"));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("evaluate", "metrics", "demo", "Exit codes", "3");
  }
}
