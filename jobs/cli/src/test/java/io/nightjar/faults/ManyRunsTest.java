package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.faults.ScoringProcess.Taken;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that lives for many runs, such as a notebook's, takes no more with each of them. */
@Tag("faults")
class ManyRunsTest {
  /** Pools of threads grow and shrink with what runs at the moment. */
  private static final int MORE_THREADS = 10;

  private static final int MORE_FILES = 10;

  /** What Spark remembers of its last jobs and stages, up to a fixed number of them. */
  private static final long MORE_HEAP_KIB = 16 << 10;

  /** The allocator of native memory keeps some of what it was given back. */
  private static final long MORE_RESIDENT_KIB = 128 << 10;

  @TempDir private Path work;

  @ParameterizedTest
  @CsvSource({"200, true", "60, false"})
  void takeNoMoreThanTheFirstOnes(int runs, boolean onOneSpark) throws Exception {
    TinyCommand command = TinyCommand.in(work);
    Path banks = work.resolve("banks");
    try (SubmittedRun build =
        SubmittedRun.start(
            work,
            Application.of(work),
            Map.of(),
            List.of("--master", "local[2]"),
            SubmittedRun.properties(),
            command.buildBank(banks.toString()))) {
      assertThat(build.await()).as(build.console()).isZero();
    }

    List<Taken> taken = Taken.read(run(runs, onOneSpark, command.score(banks.toString())));

    assertThat(taken).as("after each quarter").hasSize(4);
    Taken first = taken.get(0);
    assertThat(taken)
        .allSatisfy(
            later -> {
              assertThat(later.threads()).isLessThanOrEqualTo(first.threads() + MORE_THREADS);
              assertThat(later.files()).isLessThanOrEqualTo(first.files() + MORE_FILES);
              assertThat(later.heapKib()).isLessThanOrEqualTo(first.heapKib() + MORE_HEAP_KIB);
              assertThat(later.residentKib())
                  .isLessThanOrEqualTo(first.residentKib() + MORE_RESIDENT_KIB);
            });
  }

  private String run(int runs, boolean onOneSpark, List<String> score) throws Exception {
    List<String> command = new ArrayList<>(JavaCommand.of(ClassPaths.whole()));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().trim().split("\\s+", -1)));
    command.addAll(List.of("-Xmx512m", "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.add(ScoringProcess.class.getName());
    command.addAll(
        List.of(
            Integer.toString(runs), Boolean.toString(onOneSpark), work.resolve("out").toString()));
    command.addAll(score);
    if (!onOneSpark) {
      command.addAll(List.of("--master", "local[2]"));
    }
    Path console = work.resolve("console.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();
    try {
      boolean hasEnded = process.waitFor(60, TimeUnit.MINUTES);
      String output = Files.readString(console);
      assertThat(hasEnded).as(output).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
