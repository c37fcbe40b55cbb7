package io.nightjar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.testing.Repository;
import java.nio.file.Files;
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
  void standsInTheReadme(ReportedMetric metric) throws Exception {
    assertThat(readme()).contains("`" + metric.key() + "`");
  }

  @ParameterizedTest
  @EnumSource
  void hasADefinition(ReportedInterval interval) throws Exception {
    assertThat(Definitions.of(interval.key()).sentence()).endsWith(".");
    assertThat(readme()).contains("`" + interval.key() + "`");
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

  private static String readme() throws Exception {
    return Files.readString(Repository.file("README.md"));
  }
}
