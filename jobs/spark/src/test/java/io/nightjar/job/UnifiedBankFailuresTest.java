package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one bank of all categories cannot be built of, or compared with. */
@Tag("slow")
class UnifiedBankFailuresTest extends UnifiedBankFixture {

  @Test
  void aBankWithoutImagesOfACategoryIsRefused() throws IOException {
    Path one = TinyDataset.generate(work.resolve("one"));
    delete(one.resolve("carpet"));
    Path banks = work.resolve("bank-of-one");
    build(one, banks, options());

    assertThatThrownBy(
            () ->
                evaluation(data, TinyEvaluation.storedOptions().build())
                    .bank(banks.toString())
                    .out(work.resolve("refused").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has images of categories bottle, and none of carpet");
  }

  /** An empty file is found by its header, a cut one when it is embedded. */
  @Test
  void aCategoryTooDamagedFailsAloneAndLeavesNoRow() throws IOException {
    TinyEvaluation alone = oneCategory("alone", TinyEvaluation.options());
    for (String damage : List.of("empty", "cut")) {
      Path damaged = TinyDataset.generate(work.resolve(damage));
      Path image = damaged.resolve("carpet/train/good/004.png");
      byte[] bytes = Files.readAllBytes(image);
      Files.write(image, Arrays.copyOf(bytes, damage.equals("cut") ? bytes.length / 2 : 0));

      EvaluationReport report = report(damaged, damage + "-out", options());

      assertThat(report.failed())
          .singleElement()
          .satisfies(
              failed -> {
                assertThat(failed.category()).isEqualTo("carpet");
                assertThat(failed.reason())
                    .contains("1 of the", "images of category carpet cannot be used", "004.png");
                assertThat(failed.quarantined())
                    .singleElement()
                    .satisfies(file -> assertThat(file.path()).isEqualTo("train/good/004.png"));
              });
      CategoryResult bottle = report.categories().get(0);
      assertThat(bottle.bankRows()).isEqualTo(9 * 64);
      assertThat(bottle.metrics()).isEqualTo(alone.metrics().get(0).get(6));

      BuildBanks.Result built = build(damaged, work.resolve(damage + "-banks"), options());
      assertThat(built.failed()).hasSize(1);
      assertThat(built.built().get(0).manifest().rows()).isEqualTo(9 * 64);
    }
  }

  @Test
  void aDamagedImageCostsItsRowsAlone() throws IOException {
    Path damaged = TinyDataset.generate(work.resolve("one-image"));
    Files.write(damaged.resolve("carpet/train/good/004.png"), new byte[0]);
    Files.write(damaged.resolve("bottle/test/good/000.png"), new byte[0]);

    EvaluationReport report = report(damaged, "one-image-out", options().maxQuarantined(0.08));

    List<CategoryResult> results = report.categories();
    assertThat(results).extracting(CategoryResult::bankRows).contains(17L * 64);
    assertThat(results)
        .filteredOn(result -> result.category().equals("carpet"))
        .singleElement()
        .satisfies(
            carpet ->
                assertThat(carpet.quarantined())
                    .extracting(file -> file.path())
                    .containsExactly("train/good/004.png"));
  }

  @Test
  void whereNoBankCanBeBuiltEveryCategoryFails() {
    EvaluationReport report =
        report(
            data,
            "too-small",
            options()
                .coreset(new CoresetOptions(0.9, CoresetMethod.RANDOM, 0))
                .broadcastLimit(1792));

    assertThat(report.categories()).isEmpty();
    assertThat(report.failed())
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(failed.reason())
                    .contains("The bank of all categories was not built", "--broadcast-limit"));
  }

  @Test
  void aCategoryOfTheBanksNameIsRefused() throws IOException {
    Path named = TinyDataset.generate(work.resolve("named"));
    Files.move(named.resolve("carpet"), named.resolve("unified"));

    assertThatThrownBy(() -> report(named, "never", options()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("A category is called unified");
    assertThat(work.resolve("never")).doesNotExist();
  }
}
