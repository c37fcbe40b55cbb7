package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.layout.ImageList;
import io.nightjar.job.result.HeldBack;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.score.NoveltyScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** New images that are unlike the bank's own are held back for a person to look at. */
@Tag("slow")
class BankGuardTest extends UpdateFixture {

  @Test
  void imagesOfAnotherCategoryAreHeldBackUntilTheyAreAccepted() throws IOException {
    Path mixed = copy(all, "mixed", IntStream.of(13));
    Path carpet = work.resolve("data/carpet/train/good/002.png");
    Files.copy(carpet, mixed.resolve("foreign.png"));

    UpdatedBank updated = only(update().data(mixed.toString()).guard(OptionalDouble.of(8)));

    assertThat(updated.added()).containsExactly("013.png");
    assertThat(updated.heldBack()).extracting(HeldBack::path).containsExactly("foreign.png");
    assertThat(updated.heldBack().get(0).novelty()).isGreaterThan(updated.limit().getAsDouble());
    Path review = Path.of(java.net.URI.create(updated.review().orElseThrow()));
    assertThat(review).startsWith(banks.resolve("bottle/review"));
    assertThat(Files.readAllLines(review.resolve("review.csv")))
        .hasSize(2)
        .first()
        .isEqualTo("path,category,score,limit,picture");
    assertThat(Files.readString(review.resolve("review.json"))).contains(NoveltyScore.DEFINITION);
    assertThat(review.resolve(updated.heldBack().get(0).visualization())).isNotEmptyFile();

    UpdatedBank accepted =
        only(
            update()
                .data(mixed.toString())
                .guard(OptionalDouble.of(8))
                .accept(ImageList.paths(review.resolve("review.csv").toString(), CONFIGURATION)));
    assertThat(accepted.added()).containsExactly("foreign.png");
    assertThat(accepted.heldBack()).isEmpty();
  }

  @Test
  void leaveOneOutScoresEqualBruteForceAndAreKept() {
    InspectedBank inspected =
        new InspectBanks(spark)
            .banks(banks.toString())
            .verify(true)
            .contamination(4)
            .execute()
            .inspected()
            .get(0);

    ReferenceScores scores = inspected.contamination().orElseThrow().scores();
    assertThat(scores.imagesOfVersion()).isEqualTo(FIRST);
    Map<String, ImageRows> rows = rows(bank());
    for (ReferenceScores.Image image : scores.images()) {
      float[] distances = leaveOneOut(rows, image.path(), bank());
      Arrays.sort(distances);
      assertThat(image.score()).isEqualTo(distances[distances.length - 1]);
      assertThat(image.novelty()).as("one of 64 patches").isEqualTo(image.score());
    }
    assertThat(ReferenceScores.find(bank().location(), CONFIGURATION)).hasValue(scores);
    assertThat(banks.resolve("bottle/reference-scores/1.json")).isNotEmptyFile();
  }

  static float[] leaveOneOut(Map<String, ImageRows> rows, String path, StoredBank bank) {
    return leaveOneOut(rows.get(path), rows, bank.manifest().dimension());
  }

  /** The distances of an image's patches from the nearest rows of other images. */
  static float[] leaveOneOut(ImageRows image, Map<String, ImageRows> rows, int dimension) {
    String path = image.path();
    float[] own = image.values();
    float[] distances = new float[own.length / dimension];
    for (int row = 0; row < distances.length; row++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (ImageRows other : rows.values()) {
        for (int at = 0;
            at < other.values().length && !other.path().equals(path);
            at += dimension) {
          double squared = 0;
          for (int i = 0; i < dimension; i++) {
            double difference = (double) own[row * dimension + i] - other.values()[at + i];
            squared += difference * difference;
          }
          smallest = Math.min(smallest, squared);
        }
      }
      distances[row] = (float) Math.sqrt(smallest);
    }
    return distances;
  }
}
