package io.nightjar.report.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PublishedResultsTest {
  private final PublishedResults published = PublishedResults.mvtecAdPixelAuprc();

  @Test
  void holdsNineMethodsOnFifteenCategories() {
    assertThat(published.methods())
        .hasSize(9)
        .contains(PublishedResults.RESNET50_KNN, PublishedResults.PATCHCORE_UNIFIED);
    assertThat(published.categories()).hasSize(15).startsWith("carpet").endsWith("zipper");
  }

  @Test
  void findsAFigureByCategoryAndMethod() {
    assertThat(published.figure("bottle", PublishedResults.RESNET50_KNN)).hasValue(0.773);
    assertThat(published.figure("zipper", PublishedResults.PATCHCORE_UNIFIED)).hasValue(0.634);
  }

  @Test
  void knowsNothingOfOtherCategoriesAndMethods() {
    assertThat(published.figure("pear", PublishedResults.RESNET50_KNN)).isEmpty();
    assertThat(published.figure("bottle", "tea_leaves")).isEmpty();
  }

  @Test
  void namesItsSources() {
    assertThat(String.join("\n", published.sources()))
        .contains("Table 2", "Bergmann et al., IJCV 2021", "ADer");
  }

  @Test
  void takesAnEmptyFieldAsUnpublished() {
    PublishedResults parsed = PublishedResults.parse("category,a,b\npear,,0.5\n", "pears.csv");

    assertThat(parsed.figure("pear", "a")).isEmpty();
    assertThat(parsed.figure("pear", "b")).hasValue(0.5);
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PublishedResults.parse("category,a,b\npear,0.5\n", "pears.csv"))
        .withMessageContaining("pears.csv")
        .withMessageContaining("pear");
  }
}
