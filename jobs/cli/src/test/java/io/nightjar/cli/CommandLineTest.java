package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.MapFiles;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a user mistypes or forgets gets one sentence and exit code 2, before any work. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineTest {
  private Path work;
  private Path data;
  private Path weights;

  private record Ended(int exitCode, String out, String err) {}

  @BeforeAll
  void generate(@TempDir Path directory) throws IOException {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("resnet18.safetensors"));
  }

  @Test
  void evaluatesFromFilesToFiles() throws IOException {
    Path out = work.resolve("first");

    Ended ended = evaluate("--out", out.toString(), "--pictures", "1");

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
    assertThat(evaluate("--out", out.toString(), "--overwrite").exitCode()).isZero();
  }

  @Test
  void measuresMapsFromFilesToFiles() throws IOException {
    Path maps = work.resolve("anomaly-maps");
    try (Stream<Path> images = Files.walk(data.resolve("bottle/test"))) {
      for (Path image : images.filter(Files::isRegularFile).toList()) {
        Path map = maps.resolve(data.relativize(image).toString()).resolveSibling("000.npy");
        Files.createDirectories(map.getParent());
        Files.write(map, MapFiles.npy(new float[] {1, 2, 3, 4}, 2, 2));
        Files.write(map.resolveSibling("001.npy"), MapFiles.npy(new float[] {2, 1}, 1, 2));
      }
    }
    Path out = work.resolve("measured");

    Ended ended = metrics(maps, "--category", "bottle", "--exact-metrics", "--out", out.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("bottle", out.toString());
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("\"exact_metrics\" : true", "anomaly-maps");
    assertThat(metrics(maps, "--out", out.toString(), "--overwrite").exitCode()).isEqualTo(3);
  }

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
        "There is no bank in",
        "carpet");
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
  void scoresImagesAndDetectsDrift() throws IOException {
    Path banks = work.resolve("banks-to-score");
    buildBank("--bank", banks.toString(), "--category", "bottle");
    Path runs = work.resolve("scores");
    String normal = data.resolve("bottle/train/good").toString();
    String other = data.resolve("carpet/train/good").toString();

    Ended scored = score(banks, normal, runs.resolve("1"));
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("bottle", "scores.csv", runs.resolve("1").toString());
    assertThat(score(banks, normal, runs.resolve("2")).exitCode()).isZero();
    assertRefused(score(banks, normal, runs.resolve("2")), "already holds", "--overwrite");
    assertRefused(
        run(List.of("drift", "--bank", banks.toString(), "--runs", runs.toString())),
        "no reference scores",
        "--baseline");

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

  private Ended score(Path banks, String images, Path out) {
    List<String> line = new ArrayList<>(List.of("score", "--master", "local[2]"));
    addNetworkUnlessGiven(line, List.of("--data"));
    line.addAll(List.of("--bank", banks.resolve("bottle").toString(), "--data", images));
    line.addAll(List.of("--out", out.toString()));
    return run(line);
  }

  private Ended drift(Path banks, Path runs, String... arguments) {
    List<String> line = new ArrayList<>(List.of("drift", "--master", "local[2]"));
    line.addAll(List.of("--bank", banks.toString(), "--runs", runs.toString()));
    line.addAll(List.of("--baseline", runs.resolve("1").toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  @Test
  void oneBankOfAllCategories() throws IOException {
    Path banks = work.resolve("unified-banks");
    Path out = work.resolve("with-unified-bank");

    Ended built = buildBank("--bank", banks.toString(), "--scope", "unified");
    Ended evaluated = evaluate("--bank", banks.toString(), "--out", out.toString());

    assertThat(built.exitCode()).as(built.err()).isZero();
    assertThat(built.out()).contains(banks.resolve("unified") + "@1").doesNotContain("bottle");
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
    assertThat(updated.out()).contains(banks.resolve("bottle") + "@2");
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
    assertRefused(updateBank("--bank", banks.toString(), "--guard", "high"), "--guard", "high");
    assertRefused(
        updateBank("--bank", banks.toString(), "--variance", "0.9"), "--variance", "bank's own");
  }

  private Ended updateBank(String... arguments) {
    List<String> line = new ArrayList<>(List.of("update-bank", "--master", "local[2]"));
    List<String> given = List.of(arguments);
    addUnlessGiven(line, given, "--weights", weights.toString());
    addUnlessGiven(line, given, "--backbone", "resnet18");
    addUnlessGiven(line, given, "--image-size", "64");
    addUnlessGiven(line, given, "--grid", "8");
    line.addAll(given);
    return run(line);
  }

  private Ended buildBank(String... arguments) {
    List<String> line = new ArrayList<>(List.of("build-bank", "--master", "local[2]"));
    addNetworkUnlessGiven(line, List.of(arguments));
    line.addAll(List.of(arguments));
    return run(line);
  }

  @Test
  void noMaps() throws IOException {
    Path empty = Files.createDirectories(work.resolve("no-maps"));

    assertRefused(metrics(work.resolve("nowhere"), "--out", "unused"), "nowhere");
    assertRefused(metrics(empty, "--out", "unused"), "no-maps", "bottle", "carpet");
    assertRefused(run(List.of("metrics", "--data", data.toString())), "--maps", "--out");
  }

  private Ended metrics(Path maps, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("metrics", "--master", "local[2]", "--maps", maps.toString()));
    line.addAll(List.of("--data", data.toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  @Test
  void tooManyDefectiveFilesEndWithExitCode3() throws IOException {
    Path broken = TinyDataset.generate(work.resolve("broken"));
    Files.write(broken.resolve("carpet/train/good/000.png"), new byte[0]);

    Ended ended =
        evaluate("--data", broken.toString(), "--out", work.resolve("broken-out").toString());

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.out()).contains("carpet", "train/good/000.png", "bottle");
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
  void runTellsWhatCoresetWasKept() throws IOException {
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
  void unusableSearch() {
    assertRefused(evaluate("--search", "kdtree"), "--search", "kdtree", "exact, ivf, lsh or hnsw");
    assertRefused(evaluate("--search", "ivf", "--probes", "0"), "--probes is 0", "at least 1");
    assertRefused(evaluate("--search", "ivf", "--lists", "some"), "--lists", "some", "auto");
    assertRefused(evaluate("--search", "ivf", "--lists", "8", "--probes", "9"), "--probes", "8");
    assertRefused(evaluate("--search", "lsh", "--lsh-tables", "0"), "--lsh-tables is 0");
    assertRefused(evaluate("--search", "lsh", "--lsh-bucket-length", "0"), "above 0");
    assertRefused(evaluate("--search", "hnsw", "--ef", "-1"), "--ef is -1");
    assertRefused(evaluate("--search-check-images", "0"), "search-check-images", "at least 1");
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
  void missingOption() {
    Ended ended = run(List.of("evaluate", "--data", data.toString()));

    assertRefused(ended, "--weights", "--out");
  }

  @Test
  void unknownSetting() throws IOException {
    Path config = Files.writeString(work.resolve("mine.conf"), "nightjar { neighbors = 3 }");

    assertRefused(evaluate("--config", config.toString()), "neighbors", "neighbours");
  }

  @Test
  void settingsComeFromTheFileUnlessTheCommandLineNamesThem() throws IOException {
    Path config =
        Files.writeString(work.resolve("five.conf"), "nightjar { neighbours = 5, variance = 0.9 }");
    Path out = work.resolve("configured");

    Ended ended =
        evaluate("--config", config.toString(), "--out", out.toString(), "--variance", "0.8");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(Files.readString(out.resolve("run.json")))
        .containsPattern("\"neighbours\" : 5,")
        .containsPattern("\"variance\" : 0.8,");
  }

  @Test
  void helpNamesEveryExitCode() {
    Ended ended = run(List.of("--help"));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).contains("evaluate", "metrics", "demo", "Exit codes", "3");
  }

  private static void assertRefused(Ended ended, String... words) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).startsWith("nightjar: ").contains(words).doesNotContain("\tat ");
  }

  /** The usual arguments, each replaced where {@code arguments} names it, too. */
  private Ended evaluate(String... arguments) {
    List<String> line = new ArrayList<>(List.of("evaluate", "--master", "local[2]"));
    List<String> given = List.of(arguments);
    addNetworkUnlessGiven(line, given);
    addUnlessGiven(line, given, "--out", work.resolve("unused").toString());
    line.addAll(given);
    return run(line);
  }

  private void addNetworkUnlessGiven(List<String> line, List<String> given) {
    addUnlessGiven(line, given, "--data", data.toString());
    addUnlessGiven(line, given, "--weights", weights.toString());
    addUnlessGiven(line, given, "--backbone", "resnet18");
    addUnlessGiven(line, given, "--image-size", "64");
    addUnlessGiven(line, given, "--grid", "8");
  }

  private static void addUnlessGiven(
      List<String> line, List<String> given, String option, String value) {
    if (!given.contains(option)) {
      line.add(option);
      line.add(value);
    }
  }

  private static Ended run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Nightjar.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    return new Ended(exitCode, out.toString(), err.toString());
  }
}
