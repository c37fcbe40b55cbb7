package io.nightjar.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.testing.TinyDataset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is refused before any image is read; the network has 8 x 8 patches of 448 channels. */
class EvaluationPlanTest {
  private static final List<Category> CATALOGUE = List.of(category("zipper"), category("bottle"));

  private static Category category(String name) {
    return new Category(
        name,
        IntStream.range(0, 2)
            .mapToObj(i -> new ImageRef(name, Split.TRAIN, "good", i + ".png", "file:/" + i, ""))
            .toList(),
        List.of());
  }

  private static EvaluationPlan plan(EvaluationOptions.Builder options) {
    return EvaluationPlan.of(CATALOGUE, TinyDataset.backbone(), Optional.empty(), options.build());
  }

  private static EvaluationOptions.Builder coreset(double ratio) {
    return EvaluationOptions.builder().coreset(new CoresetOptions(ratio, CoresetMethod.RANDOM, 0));
  }

  @Test
  void aBankOfEachCategoryIsBuiltOfItsImages() {
    assertThat(plan(EvaluationOptions.builder()).bankImages()).isEqualTo(CATALOGUE);
  }

  @Test
  void aUnifiedBankIsBuiltOfTheImagesOfAll() {
    EvaluationPlan plan = plan(EvaluationOptions.builder().scope(BankScope.UNIFIED));

    assertThat(plan.bankImages()).hasSize(1);
    assertThat(plan.bankImages().get(0).train())
        .extracting(ImageRef::relativePath)
        .containsExactlyInAnyOrder("zipper/0.png", "zipper/1.png", "bottle/0.png", "bottle/1.png");
    assertThat(plan.recordedOptions()).containsEntry("scope", "unified");
  }

  @Test
  void aCoresetThatLeavesABankNoRowIsRefused() {
    // A category has 2 x 64 rows, all together 256: 0.003 of them are 0.4 and 0.8.
    assertThatThrownBy(() -> plan(coreset(0.003)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--coreset is 0.003", "128 rows");
    assertThat(plan(coreset(0.003).scope(BankScope.UNIFIED)).bankImages()).hasSize(1);
  }

  @Test
  void aBroadcastLimitBelowOneRowIsRefused() {
    assertThatThrownBy(() -> plan(EvaluationOptions.builder().broadcastLimit(4 * 448 - 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--broadcast-limit is 1791 bytes");
  }
}
