package io.nightjar.cli.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.comparison.Allowance;
import io.nightjar.report.comparison.ComparisonOptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ComparisonArgumentsTest {
  @Command
  private static final class Commanded {
    @Mixin private ComparisonArguments arguments;
  }

  @Test
  void optionsBecomeRulesAndWhatMayDiffer() {
    ComparisonArguments arguments =
        parsed(
            "--figure=image_auroc,aupimo",
            "--allow=images",
            "--allow=masks",
            "--max-drop=pixel_auprc=0.01,image_auroc=2%",
            "--fail-on=inconclusive,slower>1.5");

    ComparisonOptions options = arguments.toOptions();
    assertThat(options.figures())
        .containsExactly(ReportedMetric.IMAGE_AUROC, ReportedMetric.AUPIMO);
    assertThat(options.allow()).containsExactlyInAnyOrder(Allowance.IMAGES, Allowance.MASKS);
    assertThat(arguments.toGate().asMap().toString())
        .isEqualTo(
            "{max_drop=[pixel_auprc=0.01, image_auroc=2.0%], fail_on=[inconclusive, slower>1.5]}");
    assertThat(parsed("--fail-on=none").toGate().failOn()).isEmpty();
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    assertRefused("--allow has \"weights\"; it takes definitions, resolution", "--allow=weights");
    assertRefused("--tolerance is 0.0", "--tolerance=0");
    assertRefused("--alpha is 0.5", "--alpha=0.5");
    assertRefused("--resamples is 99", "--resamples=99");
    assertRefused("--figure names \"auprc\"", "--figure=auprc");
    assertRefused("--figure names \"pixel_best_f1_threshold\"", "--figure=pixel_best_f1_threshold");
    assertRefused("none and something else", "--fail-on=none,worse");
  }

  private static void assertRefused(String sentence, String argument) {
    ComparisonArguments arguments = parsed(argument);
    assertThatThrownBy(
            () -> {
              arguments.toOptions();
              arguments.toGate();
            })
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }

  private static ComparisonArguments parsed(String... arguments) {
    Commanded command = new Commanded();
    CommandLine line = new CommandLine(command);
    line.setDefaultValueProvider(
        option ->
            switch (option.paramLabel()) {
              case "DIFFERENCE" -> "0.005";
              case "P" -> "0.05";
              case "N" -> "2000";
              default -> null;
            });
    line.parseArgs(arguments);
    return command.arguments;
  }
}
