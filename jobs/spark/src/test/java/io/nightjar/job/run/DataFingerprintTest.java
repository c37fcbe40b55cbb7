package io.nightjar.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFingerprintTest {
  // printf 'aa  train/good/0.png\n' | sha256sum
  private static final String ALL_OF_AA =
      "71fb7289603dd780ef412c4216b1cbe4380de4c999fc6f24510753cf0d0f7926";

  // printf '%s  all\n%s  bottle\n' HASH HASH, of the hash above, | sha256sum
  private static final String TOTAL =
      "b6a5dc7690e9325850907af4a7eca7a7d8e43480582a772eb2f749207cd66133";

  @Test
  @SuppressWarnings("unchecked")
  void aCategoryNamedAllHasItsOwnFingerprintNextToTheTotal() {
    Map<String, String> files = Map.of("train/good/0.png", "aa");

    Map<String, Object> data =
        DataFingerprint.of(Map.of("all", files, "bottle", files)).describe("root");

    assertThat(data.get("sha256")).isEqualTo(TOTAL);
    assertThat((Map<String, String>) data.get("sha256_by_category"))
        .isEqualTo(Map.of("all", ALL_OF_AA, "bottle", ALL_OF_AA));
  }

  @Test
  @SuppressWarnings("unchecked")
  void otherwiseTheTotalIsAmongTheCategories() {
    Map<String, Object> data =
        DataFingerprint.of(Map.of("bottle", Map.of("train/good/0.png", "aa"))).describe("root");

    assertThat((Map<String, String>) data.get("sha256_by_category"))
        .containsEntry("all", (String) data.get("sha256"))
        .containsEntry("bottle", ALL_OF_AA);
  }
}
