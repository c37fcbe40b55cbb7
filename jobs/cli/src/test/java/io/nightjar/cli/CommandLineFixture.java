package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A tiny data set and the commands on it, with the usual arguments unless a test names them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CommandLineFixture {
  Path work;
  Path data;
  Path weights;

  record Ended(int exitCode, String out, String err) {}

  @BeforeAll
  void generate(@TempDir Path directory) throws IOException {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    weights = TinyDataset.writeWeights(directory.resolve("resnet18.safetensors"));
  }

  final Ended score(Path banks, String images, Path out) {
    List<String> line = new ArrayList<>(List.of("score", "--master", "local[2]"));
    addNetworkUnlessGiven(line, List.of("--data"));
    line.addAll(List.of("--bank", banks.resolve("bottle").toString(), "--data", images));
    line.addAll(List.of("--out", out.toString()));
    return run(line);
  }

  final Ended drift(Path banks, Path runs, String... arguments) {
    List<String> line = new ArrayList<>(List.of("drift", "--master", "local[2]"));
    line.addAll(List.of("--bank", banks.toString(), "--runs", runs.toString()));
    line.addAll(List.of("--baseline", runs.resolve("1").toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  final Ended updateBank(String... arguments) {
    List<String> line = new ArrayList<>(List.of("update-bank", "--master", "local[2]"));
    List<String> given = List.of(arguments);
    addUnlessGiven(line, given, "--weights", weights.toString());
    addUnlessGiven(line, given, "--backbone", "resnet18");
    addUnlessGiven(line, given, "--image-size", "64");
    addUnlessGiven(line, given, "--grid", "8");
    line.addAll(given);
    return run(line);
  }

  final Ended buildBank(String... arguments) {
    List<String> line = new ArrayList<>(List.of("build-bank", "--master", "local[2]"));
    addNetworkUnlessGiven(line, List.of(arguments));
    line.addAll(List.of(arguments));
    return run(line);
  }

  final Ended metrics(Path maps, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("metrics", "--master", "local[2]", "--maps", maps.toString()));
    line.addAll(List.of("--data", data.toString()));
    line.addAll(List.of(arguments));
    return run(line);
  }

  static void assertRefused(Ended ended, String... words) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).startsWith("nightjar: ").contains(words).doesNotContain("\tat ");
  }

  /** The usual arguments, each replaced where {@code arguments} names it, too. */
  final Ended evaluate(String... arguments) {
    List<String> line = new ArrayList<>(List.of("evaluate", "--master", "local[2]"));
    List<String> given = List.of(arguments);
    addNetworkUnlessGiven(line, given);
    addUnlessGiven(line, given, "--out", work.resolve("unused").toString());
    line.addAll(given);
    return run(line);
  }

  final void addNetworkUnlessGiven(List<String> line, List<String> given) {
    addUnlessGiven(line, given, "--data", data.toString());
    addUnlessGiven(line, given, "--weights", weights.toString());
    addUnlessGiven(line, given, "--backbone", "resnet18");
    addUnlessGiven(line, given, "--image-size", "64");
    addUnlessGiven(line, given, "--grid", "8");
  }

  static void addUnlessGiven(List<String> line, List<String> given, String option, String value) {
    if (!given.contains(option)) {
      line.add(option);
      line.add(value);
    }
  }

  static Ended run(List<String> arguments) {
    Sparks.stop(); // of another test, in which --master would be refused
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Nightjar.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    return new Ended(exitCode, out.toString(), err.toString());
  }
}
