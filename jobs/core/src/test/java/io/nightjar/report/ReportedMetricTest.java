package io.nightjar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportedMetricTest {
  @ParameterizedTest
  @EnumSource
  void hasADefinition(ReportedMetric metric) {
    assertThat(metric.definition().sentence()).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource
  void isDocumented(ReportedMetric metric) throws Exception {
    assertThat(documentation()).contains("`" + metric.key() + "`");
  }

  @ParameterizedTest
  @EnumSource
  void hasADefinition(ReportedInterval interval) throws Exception {
    assertThat(Definitions.of(interval.key()).sentence()).endsWith(".");
    assertThat(documentation()).contains("`" + interval.key() + "`");
  }

  @Test
  void boundsAreAbsentWithTheirFigure() {
    CategoryMetrics metrics = SampleMetrics.without("no defects");

    assertThat(ReportedMetric.PIXEL_AUPRC_LOWER.of(metrics))
        .isEqualTo(new Estimate.Undefined("no defects"));
    assertThat(ReportedMetric.PIXEL_BEST_F1_THRESHOLD.of(metrics))
        .isEqualTo(new Estimate.Undefined("no defects"));
  }

  @Test
  void keepsTheCapitalsOfAnAbbreviationWithinASentence() {
    assertThat(ReportedMetric.AUPRO_30.labelInSentence()).isEqualTo("AUPRO 0.30");
    assertThat(ReportedMetric.PIXEL_AUPRC.labelInSentence()).isEqualTo("pixel AUPRC");
  }

  @Test
  void refusesANameWithoutDefinition() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Definitions.of("accuracy"))
        .withMessageContaining("accuracy");
  }

  /** The README and what is below {@code docs}. */
  private static String documentation() throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(Repository.file("README.md")));
    try (Stream<Path> files = Files.walk(Repository.file("docs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
