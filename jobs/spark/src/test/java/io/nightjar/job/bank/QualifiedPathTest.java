package io.nightjar.job.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QualifiedPathTest {

  @Test
  void thePathBelowTheCategoryIsTheOneThatWasQualified() {
    String qualified = QualifiedPath.of("nut", "train/good/0.png");

    assertThat(qualified).isEqualTo("nut/train/good/0.png");
    assertThat(QualifiedPath.category(qualified)).isEqualTo("nut");
    assertThat(QualifiedPath.within("nut", qualified)).hasValue("train/good/0.png");
  }

  @Test
  void aCategoryWhoseNameBeginsLikeAnothersHasNoneOfItsImages() {
    assertThat(QualifiedPath.within("nut", "nutshell/train/good/0.png")).isEmpty();
  }

  @Test
  void aPathWithoutAFolderNamesNoCategory() {
    assertThat(QualifiedPath.category("0.png")).isEmpty();
  }
}
