package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.store.AdditionTimes;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.update.BankRevision;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Images are added to a bank and removed from it, and the others stay bit for bit. */
@Tag("slow")
class UpdateBanksTest extends UpdateFixture {

  @Test
  void twoStepsGiveTheRowsOfOne() {
    BankManifest before = bank().manifest();

    UpdatedBank updated = only(update().data(all.toString()).guard(OptionalDouble.empty()));

    assertThat(updated.added()).hasSize(ALL - FIRST);
    assertThat(updated.duplicates()).hasSize(FIRST);
    BankManifest after = bank().manifest();
    assertThat(after.version()).isEqualTo(2);
    assertThat(after.parent()).hasValue(1);
    assertThat(after.pca()).isEqualTo(before.pca());
    assertThat(after.files().subList(0, before.files().size())).isEqualTo(before.files());
    assertThat(after.locations()).containsExactly(first.toString(), all.toString());
    Map<String, float[]> inOne = inOne(bank().reduction());
    Map<String, ImageRows> inTwo = rows(bank());
    assertThat(inTwo).hasSize(ALL).containsOnlyKeys(inOne.keySet());
    inOne.forEach((path, values) -> assertThat(inTwo.get(path).values()).isEqualTo(values));
  }

  /** All images in one pass, in chunks and batches that lie otherwise. */
  private Map<String, float[]> inOne(PatchReduction reduction) {
    Path whole = work.resolve("in-one-" + banks.getFileName());
    RunContext run =
        RunContext.builder(spark)
            .backbone(TinyDataset.backbone(), EmbedOptions.DEFAULT.withBatchImages(3))
            .build();
    CategoryPasses passes = new CategoryPasses(run, "bottle", new Quarantine("bottle", ALL, 0.01));
    FitPlan plan = new FitPlan(BankOptions.DEFAULT, FitOptions.DEFAULT.withChunkImages(5), false);
    Map<String, float[]> rows = new HashMap<>();
    try (run;
        FitPasses over =
            passes.fitPasses(
                NormalImages.list(all.toString(), List.of("bottle"), CONFIGURATION).get(0).train(),
                passes.embedding(),
                plan);
        ReducedRows reduced = over.reduced(reduction)) {
      for (WrittenRows file :
          reduced.write(Optional.empty(), whole.toString(), run.configuration(), RowFilter.ALL)) {
        for (ImageRows image :
            RowFiles.read(
                whole.toString(),
                file.file(),
                file.images(),
                reduction.dimension(),
                CONFIGURATION)) {
          rows.put(image.path(), image.values());
        }
      }
    }
    return rows;
  }

  @Test
  void duplicatesAreReportedAndLeaveTheBankUnchanged() throws IOException {
    Path again = work.resolve("again");
    Files.createDirectories(again);
    Files.copy(first.resolve("003.png"), again.resolve("another-name.png"));

    UpdatedBank updated = only(update().data(again.toString()));

    assertThat(updated.duplicates()).containsExactly("another-name.png");
    assertThat(updated.changed()).isFalse();
    assertThat(bank().manifest().version()).isEqualTo(1);
  }

  @Test
  void aPathThatIsTakenIsMarked() throws IOException {
    Path tomorrow = work.resolve("tomorrow");
    Files.createDirectories(tomorrow);
    Files.copy(all.resolve("012.png"), tomorrow.resolve("000.png"));

    UpdatedBank updated = only(update().data(tomorrow.toString()).guard(OptionalDouble.empty()));

    assertThat(updated.added()).hasSize(1);
    assertThat(updated.added().get(0)).matches("000\\.png#[0-9a-f]{12}");
    assertThat(bank().manifest().images()).hasSize(FIRST + 1);
  }

  @Test
  void anImageIsRemovedWithItsRowsAlone() {
    Map<String, ImageRows> before = rows(bank());
    List<BankManifest.RowFile> files = bank().manifest().files();

    UpdatedBank updated = only(update().remove(List.of("004.png")));

    assertThat(updated.removed()).containsExactly("004.png");
    Map<String, ImageRows> after = rows(bank());
    assertThat(after).hasSize(FIRST - 1).doesNotContainKey("004.png");
    after.forEach((path, rows) -> assertThat(rows.values()).isEqualTo(before.get(path).values()));
    List<BankManifest.RowFile> rewritten = new ArrayList<>(bank().manifest().files());
    assertThat(rewritten).hasSameSizeAs(files);
    rewritten.removeAll(files);
    assertThat(rewritten).as("files of two images each").hasSize(1);
  }

  @Test
  void theWindowKeepsTheImagesAddedLast() {
    UpdatedBank updated =
        only(update().data(all.toString()).guard(OptionalDouble.empty()).keepLast(6));

    assertThat(updated.removed()).hasSize(FIRST - 1);
    assertThat(bank().manifest().images())
        .extracting(BankManifest.Image::path)
        .containsExactly("010.png", "011.png", "012.png", "013.png", "014.png", "015.png");
  }

  @Test
  void theWindowKeepsTheImagesAddedSince() throws InterruptedException {
    Instant begun = Instant.parse(bank().manifest().created()).plusSeconds(1);
    // A bank's times are whole seconds.
    while (Instant.now().isBefore(begun)) {
      Thread.sleep(20);
    }
    only(update().data(all.toString()).guard(OptionalDouble.empty()));
    Map<String, Instant> added = AdditionTimes.of(bank(), CONFIGURATION);
    assertThat(added).hasSize(ALL);
    assertThat(added.get("010.png")).isBefore(begun);
    assertThat(added.get("011.png")).isAfterOrEqualTo(begun);

    UpdatedBank updated = only(update().newerThan(begun));

    assertThat(updated.removed()).hasSize(FIRST);
    assertThat(bank().manifest().version()).isEqualTo(3);
    assertThat(bank().manifest().images())
        .extracting(BankManifest.Image::path)
        .containsExactly("011.png", "012.png", "013.png", "014.png", "015.png");
  }

  @Test
  void ofTwoWritersTheSecondIsRefused() {
    StoredBank old = bank();
    only(update().keepLast(FIRST - 1));
    try (RunContext run = RunContext.builder(spark).build()) {
      BankRevision second = new BankRevision(run, old);

      assertThatThrownBy(
              () -> second.publish(Set.of("003.png"), List.of(), List.of(), Optional.empty(), ""))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was changed meanwhile");
    }
    assertThat(bank().manifest().images())
        .hasSize(FIRST - 1)
        .extracting(BankManifest.Image::path)
        .contains("003.png");
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnyWork() throws IOException {
    assertRefused(update(), "nothing to do");
    assertRefused(update().banks(work.resolve("none").toString()).keepLast(3), "There is no bank");
    assertRefused(update().keepLast(0), "--keep-last is 0");
    assertRefused(update().remove(List.of("unknown.png")), "--remove names unknown.png");
    assertRefused(update().banks(banks + "/bottle@1").keepLast(3), "names a version");
    assertRefused(
        update().data(Files.createDirectories(work.resolve("empty")).toString()), "empty");
    only(update().keepLast(4));
    assertRefused(update().data(all.toString()), "has 4 images, but the guard needs 8");
    assertThat(bank().manifest().version()).isEqualTo(2);
  }

  @Test
  void anUpdateWithoutAUsableImageLeavesTheBankAsItWas() throws IOException {
    Path broken = Files.createDirectories(work.resolve("broken"));
    Files.writeString(broken.resolve("000.png"), "no image");

    UpdateBanks.Result result =
        update()
            .data(broken.toString())
            .options(RunOptions.DEFAULT.withMaxQuarantined(1))
            .execute();

    assertThat(result.failed().get(0).reason())
        .contains("The only new image of category bottle cannot be used");
    assertThat(bank().manifest().version()).isEqualTo(1);
  }

  @Test
  void anUpdateThatWouldLeaveNoImageIsRefused() {
    UpdateBanks.Result result = update().newerThan(Instant.now().plusSeconds(3600)).execute();

    assertThat(result.failed().get(0).reason()).contains("would leave no image");
    assertThat(bank().manifest().version()).isEqualTo(1);
  }
}
