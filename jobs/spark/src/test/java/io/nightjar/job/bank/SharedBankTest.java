package io.nightjar.job.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedBankTest {

  /** A bank of 100 rows of 8 values that is freed where it is closed, and scores nothing. */
  private record Placed(AtomicInteger closed) implements CategoryBank {
    @Override
    public BankPlace place() {
      return BankPlace.whole(100, 8);
    }

    @Override
    public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private final AtomicInteger closed = new AtomicInteger();

  private SharedBank shared(int categories) {
    return shared(categories, false, EmbeddingSpec.of(Architecture.RESNET18));
  }

  private SharedBank shared(int categories, boolean isStored, EmbeddingSpec spec) {
    return new SharedBank(
        new Placed(closed),
        isStored,
        25,
        categories,
        WhiteLevel.FULL,
        spec,
        List.of("The bank is a coreset."),
        Map.of("fit", 2.5, "bank", 1.5));
  }

  @Test
  void itsTimeIsThatOfAllStages() {
    assertThat(shared(3).summary())
        .isEqualTo("one bank of 3 categories: 100 rows of 8 values from 25 images, 4 s");
    assertThat(shared(1).summary()).startsWith("one bank of 1 category:");
  }

  @Test
  void theNoteOfItsOriginComesBeforeTheRemarks() {
    assertThat(shared(3).notes()).hasSize(2).last().isEqualTo("The bank is a coreset.");
    assertThat(shared(3).notes().get(0))
        .isEqualTo(
            "Compared with one bank of 3 categories: 100 rows from 25 normal images. It was built"
                + " once; the time that took is in run.json, and in no category's seconds.");
  }

  @Test
  void oneThatWasStoredWasLoadedAndNotBuilt() {
    assertThat(shared(3, true, EmbeddingSpec.of(Architecture.RESNET18)).notes().get(0))
        .contains("It was loaded once; the time that took is in run.json");
  }

  @Test
  void ofSeveralShapesTheManifestHasAll() {
    EmbeddingSpec spec =
        EmbeddingSpec.of(Architecture.RESNET18)
            .with(List.of(new Size(32, 64), new Size(64, 128)), new Size(4, 8));

    assertThat(shared(3, false, spec).describe())
        .containsEntry("image_size", "32x64")
        .containsEntry("image_sizes", List.of("32x64", "64x128"))
        .containsEntry("grid", "4x8");
    assertThat(shared(3).describe()).doesNotContainKeys("image_size", "image_sizes");
  }

  @Test
  void theRunsManifestHasItsPlaceAndItsStages() {
    assertThat(shared(3).describe())
        .containsEntry("placement", "broadcast")
        .containsEntry("bytes", 3200L) // 100 rows of 8 values of 4 bytes
        .containsEntry("categories", 3)
        .containsEntry("images", 25)
        .containsEntry("seconds", 4.0)
        .containsEntry("seconds_by_stage", Map.of("fit", 2.5, "bank", 1.5));
  }

  @Test
  void aCategoryThatItIsLentToDoesNotFreeIt() {
    SharedBank shared = shared(3);

    try (CategoryBank lent = new LentSource(shared, null).bank(null)) {
      assertThat(lent.place()).isEqualTo(shared.bank().place());
    }

    assertThat(closed).hasValue(0);
    shared.bank().close();
    assertThat(closed).hasValue(1);
  }
}
