package io.nightjar.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.result.Estimate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchQualityTest {

  private static SearchQuality quality(Estimate auprc, Estimate exact, long widened) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lists", "auto");
    settings.put("probes", 4);
    return new SearchQuality(
        "ivf", settings, 8, 1, 6272, 0.98371, 0.00045, auprc, exact, widened, 3);
  }

  private static Estimate known(double value) {
    return new Estimate.Known(value, value - 1e-6, value + 1e-6);
  }

  @Test
  void inWords() {
    assertThat(quality(known(0.7885), known(0.7889), 1234).describe())
        .isEqualTo(
            "Approximate search ivf (lists auto, probes 4), compared with the exact search on 8 test"
                + " images (seed 1, 6,272 patches): recall@1 0.9837, mean relative error of the"
                + " distance 0.00045; pixel AUPRC of the sample 0.7885, exact 0.7889 (-0.0004)."
                + " Of all test patches 1,234 found too few rows and looked further, 3 were"
                + " compared with the whole bank.");
  }

  @Test
  void withoutDefectivePixelsInTheSample() {
    Estimate none = new Estimate.Undefined("no defective pixels");

    assertThat(quality(none, none, 0).describe())
        .contains("no pixel AUPRC of the sample: no defective pixels");
  }
}
