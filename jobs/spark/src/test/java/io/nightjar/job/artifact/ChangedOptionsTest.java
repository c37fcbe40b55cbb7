package io.nightjar.job.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangedOptionsTest {
  private static final Map<String, String> BEFORE = options("1", "ab".repeat(32));

  @Test
  void optionsThatDifferAreNamedAsOnTheCommandLine() {
    Map<String, String> now = options("3", "cd".repeat(32));
    now.remove("pca_solver");
    now.put("nprobe", "8");

    assertThat(ChangedOptions.between(BEFORE, now))
        .containsExactly(
            "--neighbours from 1 to 3",
            "--weights from abababababab... to cdcdcdcdcdcd...",
            "--nprobe from none to 8",
            "--pca from blocked to none");
  }

  @Test
  void whereTheLastRunIsNotKnownNothingChanged() {
    assertThat(ChangedOptions.between(Map.of(), BEFORE)).isEmpty();
    assertThat(ChangedOptions.between(BEFORE, BEFORE)).isEmpty();
  }

  private static Map<String, String> options(String neighbours, String weights) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("neighbours", neighbours);
    options.put("weights_sha256", weights);
    options.put("pca_solver", "blocked");
    options.put("grid", "28");
    return options;
  }
}
