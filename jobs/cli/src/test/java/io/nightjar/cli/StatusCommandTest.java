package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.json.JsonDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What commands leave of themselves, and that it can be asked for. */
@Tag("slow")
class StatusCommandTest extends CommandLineFixture {

  @Test
  void aRunLeavesItsOutcomeAmongItsResults() throws IOException {
    Path out = work.resolve("evaluated");
    Ended evaluated =
        evaluate("--category", "bottle", "--out", out.toString(), "--run-id", "night 7");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();

    Ended status = status(out.toString());
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out())
        .startsWith("evaluate on ")
        .contains(" ended at ", "with exit code 0: ");
    JsonDocument document = JsonDocument.parse(Files.readString(out.resolve("status.json")));
    assertThat(document.text("run_id")).isEqualTo("night 7");
    assertThat(document.text("sentence")).isNotEmpty();

    // Who is refused has not had the results, and says nothing there.
    Ended refused = evaluate("--out", out.toString(), "--run-id", "night 8", "--neighbours", "2");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(status(out.toString(), "--of", "night 7").exitCode()).isZero();
    assertThat(status(out.toString(), "--of", "night 8").exitCode()).isEqualTo(2);

    Ended gated =
        evaluate(
            "--category",
            "bottle",
            "--out",
            out.toString(),
            "--overwrite",
            "--baseline",
            baseline(out).toString(),
            "--fail-on",
            "slower>0.0001");
    assertThat(gated.exitCode()).as(gated.err()).isEqualTo(5);
    Ended outcome = status(out.toString(), "--wait");
    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.out()).contains("exit code 5: ", "took");
    assertThat(out.resolve("metrics.json")).exists();
  }

  /** Another run than the one that is replaced. */
  private Path baseline(Path out) throws IOException {
    Path baseline = work.resolve("baseline");
    FileUtils.copyDirectory(out.toFile(), baseline.toFile());
    return baseline;
  }

  @Test
  void aFileThatWasAskedForIsWrittenWhateverHappens() throws IOException {
    Path file = work.resolve("asked/night.json");
    String place = file.toString();

    assertStatus(run(List.of("evaluate", "--status-file", place, "--frobnicate")), place);
    assertStatus(run(List.of("evaluate", "--status-file=" + place)), place);
    assertStatus(evaluate("--status-file", place, "--data", "/nowhere"), place);
    assertStatus(
        run(List.of("compare", "/nowhere/a", "/nowhere/b", "--status-file", place)), place);
    assertStatus(
        run(List.of("clean", "--store", "/nowhere", "--keep-days", "-1", "--status-file", place)),
        place);
    assertThat(file.getParent().toFile().list()).containsExactly("night.json");
  }

  private void assertStatus(Ended refused, String place) {
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    Ended status = status(place);
    assertThat(status.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains(status.out().strip().replaceFirst(".* with exit code 2: ", "nightjar: "));
  }

  /** What ends a command without being an exception, such as a lack of memory, is said as well. */
  @Test
  void anErrorIsAnOutcome() throws IOException {
    Path file = work.resolve("broken.json");
    StringWriter err = new StringWriter();
    PrintWriter broken =
        new PrintWriter(Writer.nullWriter()) {
          @Override
          public void write(String text, int from, int length) {
            throw new StackOverflowError("too deep");
          }
        };

    int code =
        Nightjar.run(
            new String[] {
              "demo",
              "--category",
              "carpet",
              "--out",
              work.resolve("demo").toString(),
              "--status-file",
              file.toString()
            },
            broken,
            new PrintWriter(err));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("nightjar: the run broke: java.lang.StackOverflowError");
    assertThat(status(file.toString()).exitCode()).isEqualTo(1);
  }

  @Test
  void aRefusedRunLeavesNothingWhereItWasNotAskedTo() throws IOException {
    Path inside = data.resolve("bottle/results");

    assertRefused(evaluate("--out", inside.toString()), "--out");

    assertThat(inside).doesNotExist();
  }

  @Test
  void somebodyElsesFileIsNotReplaced() throws IOException {
    Path out = Files.createDirectory(work.resolve("foreign"));
    Files.writeString(out.resolve("status.json"), "{\"state\": \"solid\"}");

    assertRefused(
        evaluate("--out", out.toString()), "no run of Nightjar has written (status.json)");

    assertThat(out.resolve("status.json")).hasContent("{\"state\": \"solid\"}");
    assertRefused(status(out.toString()), "status.json is not a status of Nightjar: ");
  }

  @Test
  void whatStatusCannotObeyIsRefused() {
    String out = work.toString();
    assertRefused(status(out, "--timeout", "5s"), "The option --timeout is about --wait");
    assertRefused(status(out, "--status-file", "a.json"), "The option --status-file names what a");
    assertRefused(status(out, "--run-id", "a"), "The option --run-id names what a");
    assertRefused(
        status(out, "--wait", "--timeout", "soon"), "--timeout has \"soon\"; give a whole");
    assertRefused(status(""), "is no location");
    assertThat(status(work.resolve("later").toString(), "--wait", "--timeout", "0s").exitCode())
        .isEqualTo(6);
  }

  private static Ended status(String... arguments) {
    return run(Stream.concat(Stream.of("status"), Stream.of(arguments)).toList());
  }
}
