package io.nightjar.job.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.StageWork;
import io.nightjar.job.options.StageWork.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunMetersTest {
  private final RunMeters meters = new RunMeters();
  private final MetricRegistry registry = new MetricRegistry();
  private final Progress action = new MeteredProgress(Progress.SILENT, meters);

  private double value(String name) {
    return (Double) registry.getGauges().get(name).getValue();
  }

  private static StageWork work(String name, long total, AtomicLong done) {
    return new StageWork(name, Counted.IMAGES, total, done::get, "collect");
  }

  @Test
  void whatStagesHandleIsCountedWhileTheyRunAndAfterwards() {
    meters.showIn(registry);
    action.begins(Map.of("bottle", 20, "cable", 30));
    AtomicLong embedded = new AtomicLong();
    action.stage("bottle", work("embed normal images", 20, embedded));
    embedded.set(7);

    assertThat(value("categories.begun")).isEqualTo(2);
    assertThat(value("categories.running")).isEqualTo(1);
    assertThat(value("images.embedded")).isEqualTo(7);
    assertThat(value("stages.embed_normal_images.images")).isEqualTo(7);

    // A task that ran twice counts its images twice.
    embedded.set(23);
    AtomicLong scored = new AtomicLong(4);
    action.stage("bottle", work("score test images", 5, scored));
    assertThat(value("images.embedded")).isEqualTo(20 + 4);
    assertThat(value("images.scored")).isEqualTo(4);
    scored.set(5);
    action.finished("bottle", "AUPRC 0.5");
    scored.set(99);

    assertThat(value("images.embedded")).isEqualTo(25);
    assertThat(value("categories.running")).isZero();
    assertThat(value("categories.done")).isEqualTo(1);
    action.failed("cable", "It has no image.");
    assertThat(value("categories.failed")).isEqualTo(1);
  }

  @Test
  void theSecondsOfAStageGrowWhileItRuns() throws InterruptedException {
    meters.showIn(registry);
    action.stage("bottle", StageWork.unmeasured("build the bank"));
    double first = value("stages.build_the_bank.seconds");
    Thread.sleep(30);
    double second = value("stages.build_the_bank.seconds");
    action.finished("bottle", "");
    double end = value("stages.build_the_bank.seconds");
    Thread.sleep(30);

    assertThat(second).isGreaterThanOrEqualTo(first + 0.02);
    assertThat(end).isGreaterThanOrEqualTo(second);
    assertThat(value("stages.build_the_bank.seconds")).isEqualTo(end);
    assertThat(registry.getNames()).doesNotContain("stages.build_the_bank.images");
  }

  @Test
  void filesThatAreLeftOutCountOnceForEachAction() {
    meters.showIn(registry);
    action.leftOut("bottle", 1);
    action.leftOut("bottle", 3);
    action.leftOut("cable", 2);
    Progress next = new MeteredProgress(Progress.SILENT, meters);
    next.leftOut("bottle", 3);

    assertThat(value("files.quarantined")).isEqualTo(8);
  }

  @Test
  void anotherApplicationBeginsAtZero() {
    meters.showIn(registry);
    action.begins(Map.of("bottle", 20));
    action.finished("bottle", "");
    meters.hide();
    MetricRegistry next = new MetricRegistry();
    meters.showIn(next);

    assertThat((Double) next.getGauges().get("categories.done").getValue()).isZero();
  }

  @Test
  void withoutARegistryNothingIsShownAndNothingFails() {
    action.begins(Map.of("bottle", 20));
    action.stage("bottle", StageWork.unmeasured("build the bank"));
    action.finished("bottle", "");

    assertThat(registry.getNames()).isEmpty();
  }

  @Test
  void whatIsCountedIsPassedOn() {
    List<String> heard = new ArrayList<>();
    Progress listener =
        new Progress() {
          @Override
          public void begins(Map<String, Integer> images) {
            heard.add("begins " + images);
          }

          @Override
          public void stage(String category, StageWork work) {
            heard.add(category + " " + work.name());
          }

          @Override
          public void leftOut(String category, int files) {
            heard.add(category + " left out " + files);
          }

          @Override
          public void finished(String category, String summary) {
            heard.add(category + " " + summary);
          }

          @Override
          public void failed(String category, String reason) {
            heard.add(category + " failed " + reason);
          }
        };
    Progress metered = new MeteredProgress(listener, meters);
    metered.begins(Map.of("a", 1));
    metered.stage("a", StageWork.unmeasured("s"));
    metered.leftOut("a", 2);
    metered.finished("a", "well");
    metered.failed("b", "why");

    assertThat(heard)
        .containsExactly("begins {a=1}", "a s", "a left out 2", "a well", "b failed why");
  }
}
