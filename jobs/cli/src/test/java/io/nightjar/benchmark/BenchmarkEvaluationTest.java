package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.StartUp;
import io.nightjar.benchmark.report.BenchmarkReport;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BenchmarkEvaluationTest {

  private static BenchmarkEvaluation benchmark() {
    return new BenchmarkEvaluation(Sparks.local(2));
  }

  @Test
  void theStepsNamedAreMeasuredAndTheReportIsWritten(@TempDir Path work) throws IOException {
    List<String> progress = new ArrayList<>();
    Path out = work.resolve("new/folder");

    BenchmarkReport report =
        benchmark()
            .data(TinyDataset.generate(work.resolve("data")).toString())
            .backbone(TinyDataset::backbone)
            .out(out)
            .steps(EnumSet.of(BenchmarkStep.EIGEN, BenchmarkStep.DECODE))
            .options(1, true)
            .startUp(new StartUp(1.5, 2.5))
            .progress(progress::add)
            .execute();

    assertThat(report.disagreements()).isEmpty();
    assertThat(progress)
        .containsExactly(
            "measuring decode: from a file's bytes to the network's input",
            "measuring eigen: the symmetric eigenproblem of the covariance");
    assertThat(out.resolve("benchmark.json"))
        .content()
        .isEqualTo(report.toJson())
        .contains("\"spark\" : 2.5", "\"sample_category\" : \"bottle\"", "\"drawn\" : false");
  }

  @Test
  void itIsDescribedByTheOptionsOfTheCommand() {
    assertThat(
            benchmark()
                .data("mvtec_ad")
                .categories(List.of("nut", "bottle"))
                .out(Path.of("out"))
                .steps(EnumSet.of(BenchmarkStep.SEARCH))
                .options(7, true)
                .describe())
        .containsEntry("data", "mvtec_ad")
        .containsEntry("category", List.of("nut", "bottle"))
        .containsEntry("out", "out")
        .containsEntry("steps", Set.of(BenchmarkStep.SEARCH))
        .containsEntry("runs", 7)
        .containsEntry("quick", true);
    assertThat(benchmark().describe()).doesNotContainKey("data");
  }

  @Test
  void theRunsAreOneToAThousand() {
    assertThatThrownBy(() -> benchmark().options(0, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --runs is 0; it must be 1 to 1000.");
    assertThatThrownBy(() -> benchmark().options(1001, false))
        .isInstanceOf(InvalidInputException.class);
    assertThat(benchmark().options(1000, false).describe()).containsEntry("runs", 1000);
  }

  @Test
  void nothingIsWrittenWithoutABackbone(@TempDir Path work) {
    Path out = work.resolve("out");

    assertThatThrownBy(() -> benchmark().out(out).execute())
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("Name the backbone");
    assertThat(out).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused(@TempDir Path work) throws IOException {
    Path file = Files.createFile(work.resolve("file"));

    assertThatThrownBy(() -> benchmark().backbone(TinyDataset::backbone).out(file).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--out " + file + " cannot be made into a folder");
  }
}
