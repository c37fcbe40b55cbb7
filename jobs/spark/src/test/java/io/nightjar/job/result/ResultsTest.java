package io.nightjar.job.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.RunInfo;
import io.nightjar.report.published.Comparison;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the results say of themselves. */
class ResultsTest {

  /** Three images with four rows of five values, in two files of 700 and 600 kB. */
  private static BankManifest manifest(int version) {
    return new BankManifest(
        version,
        version == 1 ? OptionalInt.empty() : OptionalInt.of(version - 1),
        "bottle",
        "2026-11-16T06:00:00Z",
        "a test",
        new BankBackbone("00", "seeded", "resnet18", List.of(1, 2), 64, 2, "float32"),
        5,
        List.of(
            image("a.png", "rows/first"),
            image("b.png", "rows/first"),
            image("c.png", "rows/second")),
        new BankManifest.Pca("pca/1.bin", "01", ComponentRule.of(0.95), 0.96, 3),
        List.of(
            new BankManifest.RowFile("rows/first", 700_000, "02", 8),
            new BankManifest.RowFile("rows/second", 600_000, "03", 4)),
        Optional.empty(),
        List.of(BankManifest.Source.of("data")),
        "");
  }

  private static BankManifest.Image image(String path, String file) {
    return new BankManifest.Image(path, "04", 4, file);
  }

  private static UpdatedBank updated(BankManifest after) {
    return new UpdatedBank(
        manifest(1),
        after,
        "banks/bottle",
        List.of("d.png", "e.png"),
        List.of("a.png"),
        List.of(),
        List.of(new HeldBack("f.png", 9, "f-review.png")),
        OptionalDouble.of(3),
        Optional.empty(),
        OptionalDouble.empty(),
        false,
        List.of(),
        Ledger.EMPTY,
        2.4,
        "");
  }

  @Test
  void aBuiltBankAddsUpItsFiles() {
    BuiltBank built =
        new BuiltBank(
            new BankLocation("banks/bottle", 1), manifest(1), List.of(), 7.6, "", Optional.empty());

    assertThat(built.summary())
        .isEqualTo("12 rows of 5 values from 3 images, 1.3 MB, version 1, 8 s");
  }

  @Test
  void anUpdateCountsWhatItDid() {
    assertThat(updated(manifest(2)).summary())
        .isEqualTo("2 images added, 1 removed, 1 held back, version 2, 2 s");
  }

  @Test
  void anUpdateChangedTheBankWhereThereIsANewVersion() {
    assertThat(updated(manifest(2)).changed()).isTrue();
    assertThat(updated(manifest(1)).changed()).isFalse();
  }

  @Test
  void anInspectedBankSaysThatItsFilesAreVerifiedOnlyWhereTheyAre() {
    assertThat(new InspectedBank(manifest(1), "b", "05", true, Optional.empty()).summary())
        .isEqualTo("3 images, 12 rows, all files verified");
    assertThat(new InspectedBank(manifest(1), "b", "05", false, Optional.empty()).summary())
        .isEqualTo("3 images, 12 rows");
  }

  @Test
  void theImageOfTheLargestNoveltyIsTheMostIsolated() {
    ReferenceScores scores =
        new ReferenceScores(
            "bottle",
            1,
            3,
            List.of(
                new ReferenceScores.Image("a.png", 9, 1),
                new ReferenceScores.Image("b.png", 5, 3),
                new ReferenceScores.Image("c.png", 7, 2)));

    assertThat(new InspectedBank.Contamination(scores, 2.5).mostIsolated())
        .extracting(ReferenceScores.Image::path)
        .containsExactly("b.png", "c.png", "a.png");
  }

  @Test
  void aRunWithAFailedCategoryIsIncomplete() {
    assertThat(run(List.of()).complete()).isTrue();

    RunResult result = run(List.of(new FailedCategory("nut", "It has no image.", List.of())));
    assertThat(result.complete()).isFalse();
    assertThat(result.summary()).isEqualTo("0 categories evaluated, 1 failed");
  }

  private static RunResult run(List<FailedCategory> failed) {
    return new RunResult(
        new EvaluationReport(new RunInfo("A test", List.of(), Map.of()), List.of(), failed),
        Comparison.none("It is a test."),
        "out");
  }
}
