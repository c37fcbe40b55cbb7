package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.Slice;
import io.nightjar.testing.TinyDataset;
import io.nightjar.testing.frozen.Excepted;
import io.nightjar.testing.frozen.FrozenResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is moved, renamed or written by other code: every figure, map and file stays what it
 * was. The commands run as a user would run them, and all that they leave is compared with values
 * that are frozen in the resources {@code frozen/*.json}: JSON field by field (more fields are
 * fine), CSV and Parquet cell by cell, pages by what a person sees of them, visualizations and
 * principal components by the SHA-256 of their bytes, long arrays such as maps and rows of banks by
 * the SHA-256 of their values.
 *
 * <p>The last bits depend on the kind of processor, which decides the kernels of OpenBLAS and
 * oneDNN, and the bytes of PNG files on the version of zlib. The resources record theirs. On the
 * same kind everything must be equal; on another, numbers may differ by 1e-4 of their size (1e-3
 * for drawn images), and digests, the numbers within texts and {@link
 * #EXCEPTED_ON_ANOTHER_PROCESSOR} are not looked at. {@code -Dnightjar.freeze=exact} fails on
 * another kind instead of being content with less: use it while code is moved.
 *
 * <p>What may change goes into {@link #EXCEPTED}, with the reason. Where results change for good,
 * {@code mvn -pl jobs/cli -am test -Dtest=FrozenResultsTest -Dnightjar.freeze=true} writes the
 * resources again; their differences in git show what changed.
 */
@Tag("slow")
class FrozenResultsTest {
  private static final List<Excepted> EXCEPTED =
      List.of(
          Excepted.of(".*#/(.*/)?(started|created)", "the time of the run"),
          Excepted.of(".*#/(.*/)?(wall_)?seconds", "how long it took"),
          Excepted.of("(.*/)?run.json#/(.*/)?seconds_by_stage/.*", "how long it took"),
          Excepted.of(".*#/(.*/)?creator", "Nightjar's version and commit"),
          Excepted.of("(.*/)?run.json#/versions/.*", "versions and the commit"),
          Excepted.of("(.*/)?run.json#/spark/(application|version)", "Spark's name of the run"),
          Excepted.of("(.*/)?run.json#/request_sha256", "the folders' names, and the commit"),
          Excepted.of("(.*/)?run.json#/devices", "the machine's name"),
          Excepted.of(
              "(.*/)?run.json#/train_patches/(free_bytes|.*/reason)", "the disk's free space"),
          Excepted.of(".*#/(.*/)?manifest_sha256", "a manifest holds time and commit"),
          Excepted.of(
              "(.*/)?(bank|versions/\\d+).json#/files/\\d+/(bytes|sha256)",
              "Parquet's metadata; the rows themselves are compared"),
          Excepted.of("(.*/)?run.json#/banks/.*/files_sha256", "Parquet's metadata, as above"),
          Excepted.of(".+/(metrics|run).json#/definitions", "the demo's, which are compared"),
          Excepted.of(".+/report.html#/What the figures mean", "the demo's, which are compared"),
          Excepted.of("(.*/)?report.html#/Where the time went", "how long it took"),
          Excepted.of(
              "(.*/)?report.html#/What makes this run reproducible",
              "run.json, which is compared"));

  /** Found with the kernels of an older processor, and ONNX Runtime in oneDNN's place. */
  private static final List<Excepted> EXCEPTED_ON_ANOTHER_PROCESSOR =
      List.of(
          Excepted.of(".*#/network_computed_by.*|.*#/linear_algebra", "chosen by the processor"),
          Excepted.of(".*#/(.*/)?aupimo.*", "counts good images' highest few pixels"),
          Excepted.of(".*#/(.*/)?bounds.*", "there only where scores share a bin"));

  /** Relative, on another kind of processor. */
  private static final double REAL_IMAGES = 1e-4;

  /** Figures of few pixels, embedded by random weights, feel the last bits more. */
  private static final double DRAWN_IMAGES = 1e-3;

  @TempDir private Path work;
  private FrozenResults results;
  private Path data;
  private List<String> network;

  @BeforeEach
  void prepare(TestReporter reporter) {
    results = new FrozenResults(getClass(), EXCEPTED, EXCEPTED_ON_ANOTHER_PROCESSOR, reporter);
  }

  /** Three of the demo's categories: all fifteen would take a minute. */
  @Test
  void demo() throws IOException {
    Path drawn = work.resolve("demo/data");
    DemoDataset.generate(
        drawn, DemoDataset.Options.standard(), List.of("carpet", "bottle", "screw"));
    pretendThatAllCategoriesAreDrawn(drawn.resolve(".nightjar-demo.json"));

    run("demo", "--backbone", "resnet18", "--out", work.resolve("demo").toString());

    results.check("demo", work.resolve("demo/results"), places(), DRAWN_IMAGES);
  }

  private static void pretendThatAllCategoriesAreDrawn(Path marker) throws IOException {
    String all =
        DemoDataset.categories().stream()
            .map(category -> '"' + category + '"')
            .collect(Collectors.joining(", ", "[", "]"));
    String description = Files.readString(marker);
    Files.writeString(marker, description.replaceFirst("\\[.*]", all));
  }

  @Test
  void sliceOfBottleWithRealWeights() throws IOException {
    data = Slice.load().layOut(work.resolve("data"));
    network =
        List.of(
            "--weights", SharedFiles.resnet50V1Weights().toString(), "--backbone", "resnet50_v1");

    evaluate("slice/evaluated", "--pictures", "2");

    results.check("slice", work.resolve("slice"), places(), REAL_IMAGES);
  }

  @Test
  void evaluationsOfTinyImages() throws IOException {
    useTinyDataset();

    evaluate("tiny/plain", "--pictures", "1");
    evaluate(
        "tiny/measured-otherwise",
        "--neighbours",
        "3",
        "--coreset",
        "0.25",
        "--smoothing",
        "1.5",
        "--resolution",
        "48",
        "--exact-metrics");
    evaluate("tiny/unified-in-shards", "--scope", "unified", "--broadcast-limit", "16k");
    evaluate(
        "tiny/approximate",
        "--category",
        "bottle",
        "--search",
        "ivf",
        "--lists",
        "8",
        "--probes",
        "2");
    run(
        "metrics",
        "--maps",
        writeMaps().toString(),
        "--data",
        data.toString(),
        "--out",
        work.resolve("tiny/maps-of-others").toString());

    results.check("tiny", work.resolve("tiny"), places(), DRAWN_IMAGES);
  }

  @Test
  void banksOfTinyImages() throws IOException {
    useTinyDataset();
    Path banks = work.resolve("banks/stored");

    runWithNetwork("build-bank", "--data", data.toString(), "--bank", banks.toString());
    evaluate("banks/evaluated", "--bank", banks.toString(), "--pictures", "1");
    score(banks, "carpet/test", "banks/scores/1", "--pictures", "1");
    score(banks, "bottle/train/good", "banks/scores/2");
    int drifted =
        CommandLines.run(
                "drift",
                "--master",
                "local[2]",
                "--bank",
                banks.toString(),
                "--runs",
                work.resolve("banks/scores").toString(),
                "--baseline",
                work.resolve("banks/scores/2").toString(),
                "--out",
                work.resolve("banks/drift").toString())
            .exitCode();
    assertThat(drifted).isEqualTo(4);
    runWithNetwork(
        "update-bank",
        "--bank",
        banks.resolve("bottle").toString(),
        "--data",
        data.resolve("bottle/test/good").toString(),
        "--guard",
        "off",
        "--refit",
        "never");

    results.check("banks", work.resolve("banks"), places(), DRAWN_IMAGES);
  }

  private void useTinyDataset() throws IOException {
    data = TinyDataset.generate(work.resolve("data"));
    network =
        List.of(
            "--weights",
            TinyDataset.writeWholeWeights(work.resolve("weights.safetensors")).toString(),
            "--backbone",
            "resnet18",
            "--image-size",
            "64",
            "--grid",
            "8");
  }

  /** Maps that no processor decides on. */
  private Path writeMaps() throws IOException {
    Path maps = work.resolve("maps");
    try (Stream<Path> images = Files.walk(data)) {
      for (Path image : images.filter(file -> file.toString().contains("/test/")).toList()) {
        if (Files.isRegularFile(image)) {
          Path map = maps.resolve(data.relativize(image).toString().replace(".png", ".npy"));
          Files.createDirectories(map.getParent());
          int odd = image.toString().contains("/good/") ? 0 : 1;
          Files.write(map, MapFiles.npy(new float[] {1, 2, 3 + odd, 1.5f, 4, 0.5f}, 3, 2));
        }
      }
    }
    return maps;
  }

  private void evaluate(String out, String... arguments) {
    List<String> line = new ArrayList<>(List.of("--data", data.toString()));
    line.addAll(List.of("--out", work.resolve(out).toString()));
    // Stores of other runs would be found in their folders, and do not change a result.
    line.addAll(List.of("--reuse", "none"));
    line.addAll(List.of(arguments));
    runWithNetwork("evaluate", line.toArray(String[]::new));
  }

  private void score(Path banks, String images, String out, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("--bank", banks.resolve("carpet").toString(), "--data"));
    line.addAll(List.of(data.resolve(images).toString(), "--out", work.resolve(out).toString()));
    line.addAll(List.of(arguments));
    runWithNetwork("score", line.toArray(String[]::new));
  }

  private void runWithNetwork(String command, String... arguments) {
    List<String> line = new ArrayList<>(network);
    line.addAll(List.of(arguments));
    run(command, line.toArray(String[]::new));
  }

  private static void run(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command, "--master", "local[2]"));
    line.addAll(List.of(arguments));
    CommandLines.Ended ended = CommandLines.run(line.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
  }

  /** So that no resource names a place of the machine that wrote it. */
  private Map<String, String> places() throws IOException {
    Map<String, String> places = new LinkedHashMap<>();
    places.put(work.toRealPath().toString(), "WORK");
    places.put(work.toString(), "WORK");
    if (network != null) {
      places.putIfAbsent(Path.of(network.get(1)).getParent().toString(), "WEIGHTS");
    }
    return places;
  }
}
