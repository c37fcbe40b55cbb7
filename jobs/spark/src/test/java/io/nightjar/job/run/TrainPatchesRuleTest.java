package io.nightjar.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.TrainPatches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainPatchesRuleTest {
  /** 784 x 768 and 196 x 1024 float32. */
  private static final long IMAGE_BYTES = 3_211_264;

  private static final PatchLayout LAYOUT =
      new PatchLayout(28, List.of(new PatchLayout.Level(28, 768), new PatchLayout.Level(14, 1024)));

  @Test
  void keepsWhatFillsHalfOfTheDisksAndNoMore() {
    long exactly = 2 * 3 * 10 * IMAGE_BYTES;

    assertThat(decide(TrainPatches.AUTO, exactly, 3).keep()).isTrue();
    assertThat(decide(TrainPatches.AUTO, exactly - 6, 3).keep()).isFalse();
    assertThat(decide(TrainPatches.AUTO, exactly, 3).patchBytes()).isEqualTo(10 * IMAGE_BYTES);
  }

  @Test
  void whatIsAskedForIsDone() {
    assertThat(decide(TrainPatches.KEEP, 0, 9).keep()).isTrue();
    assertThat(decide(TrainPatches.RECOMPUTE, Long.MAX_VALUE, 1).keep()).isFalse();
  }

  @Test
  void theManifestHasTheNumbersAndTheReason() {
    Map<String, Object> described =
        new TrainPatchesRule(TrainPatches.AUTO, 1_000_000, 2)
            .describe(List.of(category(10)), LAYOUT);

    assertThat(described)
        .containsEntry("asked", "auto")
        .containsEntry("free_bytes", 1_000_000L)
        .containsEntry("categories_at_once", 2);
    assertThat(described.get("by_category"))
        .asString()
        .contains("nut", "recompute", Long.toString(10 * IMAGE_BYTES), "do not fit", "32 MB");
  }

  @Test
  void executorsOfOneMachineShareItsDisks() {
    HashMap<String, Long> first = new HashMap<>(Map.of("a /disk1", 100L, "a /disk2", 50L));
    HashMap<String, Long> second = new HashMap<>(Map.of("a /disk1", 90L));
    HashMap<String, Long> other = new HashMap<>(Map.of("b /disk1", 10L));

    ExecutorSurvey survey =
        ExecutorSurvey.of(
            "Java",
            List.of(
                new ExecutorSurvey.Answer(
                    "", "a gpu 0", "network 1", "processor", "Java", first, new ArrayList<>()),
                new ExecutorSurvey.Answer(
                    "", "a gpu 1", "network 1", "processor", "Java", second, new ArrayList<>()),
                new ExecutorSurvey.Answer(
                    "",
                    "b gpu 0",
                    "network 2",
                    "processor",
                    "OpenBLAS",
                    other,
                    new ArrayList<>())));

    assertThat(survey.freeBytes()).isEqualTo(90 + 50 + 10);
    assertThat(survey.devices()).containsExactly("a gpu 0", "a gpu 1", "b gpu 0");
    assertThat(survey.networks()).containsExactly("network 1", "network 2");
    assertThat(survey.linearAlgebra()).isEqualTo("driver: Java; executors: Java; OpenBLAS");
  }

  @Test
  void anExecutorThatCannotComputeStopsTheRun() {
    assertThatThrownBy(
            () ->
                ExecutorSurvey.of(
                    "Java",
                    List.of(
                        new ExecutorSurvey.Answer(
                            "",
                            "a cpu",
                            "network",
                            "processor",
                            "Java",
                            new HashMap<>(),
                            new ArrayList<>()),
                        new ExecutorSurvey.Answer(
                            "No GPU.", "", "", "", "", new HashMap<>(), new ArrayList<>()))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("No GPU.");
  }

  private static TrainPatchesRule.Decision decide(TrainPatches asked, long free, int atOnce) {
    return new TrainPatchesRule(asked, free, atOnce).decide(category(10), LAYOUT);
  }

  private static Category category(int images) {
    return new Category(
        "nut",
        IntStream.range(0, images)
            .mapToObj(
                i -> new ImageRef("nut", Split.TRAIN, "good", "train/good/" + i + ".png", "", ""))
            .toList(),
        List.of());
  }
}
