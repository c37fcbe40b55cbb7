package io.nightjar.benchmark.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.benchmark.harness.Measurement.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepComparisonTest {
  private static final Map<Quantity, Double> WORK = Map.of(Quantity.PROBLEMS, 1.0);

  @Test
  void candidatesTakeTurnsAfterTheirWarmUps() {
    List<String> order = new ArrayList<>();

    List<Measurement> measurements =
        StepComparison.run(3, 0, 10, candidate("a", order, 1), candidate("b", order, 1));

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b", "a", "b");
    assertThat(measurements).allMatch(m -> m.timing().seconds().size() == 3);
    assertThat(measurements).allMatch(m -> m.timing().warmUps() == 1);
  }

  @Test
  void aBaselineThatSpendsItsBudgetAtOnceRunsOnce() {
    List<String> order = new ArrayList<>();
    Candidate<Integer> slow = Candidate.baseline("slow", 1, WORK, () -> sleep("slow", order, 20));

    List<Measurement> measurements = StepComparison.run(3, 0, 0.01, slow);

    assertThat(order).hasSize(1);
    assertThat(measurements.get(0).timing().seconds()).hasSize(1);
    assertThat(measurements.get(0).timing().warmUps()).isZero();
  }

  @Test
  void oursIsNeverTimedBeforeItsWarmUp() {
    List<String> order = new ArrayList<>();

    List<Measurement> measurements = StepComparison.run(3, 0, 0.01, candidate("slow", order, 20));

    assertThat(order).hasSize(2);
    assertThat(measurements.get(0).timing().seconds()).hasSize(1);
    assertThat(measurements.get(0).timing().warmUps()).isEqualTo(1);
  }

  @Test
  void aColdRunCountsFromTheFirst() {
    List<String> order = new ArrayList<>();

    Measurement measurement = StepComparison.runCold(3, 10, candidate("a", order, 1));

    assertThat(order).hasSize(3);
    assertThat(measurement.timing().seconds()).hasSize(3);
    assertThat(measurement.timing().warmUps()).isZero();
  }

  @Test
  void ratesComeFromTheMedian() {
    Measurement measurement = measurement(Role.OURS, 12, List.of(1.0, 9.0, 2.0, 4.0));

    assertThat(measurement.timing().median()).isEqualTo(3);
    assertThat(measurement.timing().min()).isEqualTo(1);
    assertThat(measurement.timing().max()).isEqualTo(9);
    assertThat(measurement.rate(Quantity.PATCHES)).isEqualTo(4);
  }

  @Test
  void baselinesOnLessWorkAreComparedByTheirRates() {
    Measurement ours = measurement(Role.OURS, 100, List.of(2.0));
    Measurement theirs = measurement(Role.BASELINE, 10, List.of(1.0));
    StepResult step =
        new StepResult(BenchmarkStep.COVARIANCE, List.of(ours, theirs), List.of(), Map.of());

    assertThat(step.timesAsFastAs(theirs)).isCloseTo(5, within(1e-12));
  }

  @Test
  void aDifferenceBeyondRoundingDisagrees() {
    assertThat(Check.within("other", "difference", 2e-4, 1e-4).agrees()).isFalse();
    assertThat(Check.within("other", "difference", Double.NaN, 1e-4).agrees()).isFalse();
    assertThat(Check.within("other", "difference", 0, 1e-4).agrees()).isTrue();
  }

  private static Measurement measurement(Role role, double patches, List<Double> seconds) {
    return new Measurement(
        "some", role, 1, Map.of(Quantity.PATCHES, patches), new Timing(seconds, seconds, 1));
  }

  private static Candidate<Integer> candidate(String name, List<String> order, int millis) {
    return Candidate.ours(name, 1, WORK, () -> sleep(name, order, millis));
  }

  private static int sleep(String name, List<String> order, int millis)
      throws InterruptedException {
    order.add(name);
    Thread.sleep(millis);
    return order.size();
  }
}
