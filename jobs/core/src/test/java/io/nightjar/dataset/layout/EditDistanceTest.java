package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {
  @ParameterizedTest
  @CsvSource({"kitten,sitting,3", "bottle,bottle,0", "'',abc,3", "abc,'',3", "ab,ba,2"})
  void countsInsertionsDeletionsAndSubstitutions(String a, String b, int expected) {
    assertThat(EditDistance.between(a, b)).isEqualTo(expected);
  }

  @Test
  void nearestIgnoresCase() {
    assertThat(EditDistance.nearest("BOTLE", List.of("cable", "bottle"))).contains("bottle");
  }

  @Test
  void nothingIsNearWhereMoreThanHalfDiffers() {
    assertThat(EditDistance.nearest("xyz", List.of("cable", "bottle"))).isEmpty();
  }
}
