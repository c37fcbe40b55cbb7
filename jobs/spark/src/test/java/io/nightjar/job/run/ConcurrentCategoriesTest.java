package io.nightjar.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.FailedCategory;
import io.nightjar.testing.Sparks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ConcurrentCategoriesTest {

  @Test
  void anErrorFailsItsCategoryByNameAndNoOther() {
    CountDownLatch failed = new CountDownLatch(1);
    ConcurrentCategories.Outcomes<String> outcomes =
        run(
            new Work(
                "greedy",
                () -> {
                  failed.countDown();
                  return "" + new long[Integer.MAX_VALUE].length;
                }),
            new Work("innocent", () -> afterwards(failed)),
            new Work(
                "recursive",
                () -> {
                  throw new StackOverflowError();
                }));

    assertThat(outcomes.evaluated()).containsExactly("innocent");
    assertThat(outcomes.failed().stream().map(FailedCategory::category))
        .containsExactly("greedy", "recursive");
    assertThat(outcomes.failed().get(0).reason())
        .startsWith("It ran out of memory (")
        .contains("--concurrent-categories");
    assertThat(outcomes.failed().get(1).reason()).isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  void aTaskThatRunsOutOfMemoryFailsItsCategoryAlone() {
    ConcurrentCategories.Outcomes<String> outcomes =
        run(new Work("greedy", this::allocateInATask), new Work("innocent", () -> "innocent"));

    assertThat(outcomes.evaluated()).containsExactly("innocent");
    assertThat(outcomes.failed()).hasSize(1);
    assertThat(outcomes.failed().get(0).category()).isEqualTo("greedy");
    assertThat(outcomes.failed().get(0).reason())
        .startsWith("It ran out of memory (")
        .contains(
            ") with a heap of "
                + Runtime.getRuntime().maxMemory() / 1_000_000
                + " MB. Give the run a larger heap (-Xmx in NIGHTJAR_JAVA_OPTS on one machine;");
  }

  @Test
  void anErrorThatAnExecutorReportedByItsTextIsNamedToo() {
    FailedCategory failure =
        FailureReasons.describe(
            "nut",
            Optional.empty(),
            new IllegalStateException(
                "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent"
                    + " failure: Lost task 0.3 in stage 3.0 (TID 9) (10.0.0.7 executor 2):"
                    + " java.lang.OutOfMemoryError: Java heap space\n\tat a.B.c(B.java:1)"));

    assertThat(failure.reason())
        .startsWith("It ran out of memory (Java heap space)")
        .contains("spark.executor.memory on a cluster");
  }

  private String allocateInATask() {
    return ""
        + org.apache.spark.api.java.JavaSparkContext.fromSparkContext(
                Sparks.local(2).sparkContext())
            .parallelize(List.of(1), 1)
            .map(one -> new long[Integer.MAX_VALUE].length)
            .count();
  }

  private static String afterwards(CountDownLatch failed) {
    try {
      failed.await();
      // Long enough for what the error would have interrupted.
      Thread.sleep(300);
      return "innocent";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ConcurrentCategories.Outcomes<String> run(Work... works) {
    try (RunContext run =
        RunContext.builder(Sparks.local(2))
            .options(
                io.nightjar.job.options.RunOptions.DEFAULT.withConcurrentCategories(works.length))
            .build()) {
      return new ConcurrentCategories(run).run(new ArrayList<>(List.of(works)));
    }
  }

  private record Work(String category, Supplier<String> work) implements CategoryWork<String> {
    @Override
    public String run() {
      return work.get();
    }

    @Override
    public String summary(String outcome) {
      return outcome;
    }
  }
}
