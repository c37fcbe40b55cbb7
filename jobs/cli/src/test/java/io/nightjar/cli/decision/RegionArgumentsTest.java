package io.nightjar.cli.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.metric.detection.RegionRules;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RegionArgumentsTest {

  @Test
  void nothingIsAskedForByDefault() {
    assertThat(parse().toOptions()).isEqualTo(RegionOptions.NONE);
    assertThat(rates().toRates()).isEqualTo(DecisionRates.NONE);
  }

  @Test
  void everyOptionHasItsPlace() {
    assertThat(
            parse("--regions", "--pixel-threshold=2.5", "--min-area=7", "--merge-within=3")
                .toOptions())
        .isEqualTo(new RegionOptions(true, OptionalDouble.of(2.5), new RegionRules(7, 3)));
    assertThat(
            rates(
                    "--false-alarm-rate=0.1",
                    "--false-discovery-rate=0.2",
                    "--pixel-false-positive-rate=0.3")
                .toRates())
        .isEqualTo(
            new DecisionRates(
                OptionalDouble.of(0.1), OptionalDouble.of(0.2), OptionalDouble.of(0.3)));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    RegionArguments small = parse("--regions", "--min-area=0");

    assertThatThrownBy(small::toOptions)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("The option --min-area is 0");
  }

  private static RegionArguments parse(String... arguments) {
    RegionArguments parsed = new RegionArguments();
    new CommandLine(parsed).parseArgs(arguments);
    return parsed;
  }

  private static DecisionArguments rates(String... arguments) {
    DecisionArguments parsed = new DecisionArguments();
    new CommandLine(parsed).parseArgs(arguments);
    return parsed;
  }
}
