package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The principal components are kept as long as they explain the new images, too. */
@Tag("slow")
class BankRefitTest extends UpdateFixture {

  @Test
  void componentsAreFittedAgainOnAllImages() throws IOException {
    UpdatedBank updated =
        only(update().data(all.toString()).guard(OptionalDouble.empty()).refit(Refit.ALWAYS));

    assertThat(updated.refitted()).isTrue();
    Path whole = work.resolve("whole");
    TinyBanks.of(spark, all, whole).categories(List.of("bottle")).execute();
    StoredBank inOne = open(whole.resolve("bottle"));
    assertThat(bank().manifest().version()).isEqualTo(2);
    assertThat(bank().manifest().pca().sha256()).isEqualTo(inOne.manifest().pca().sha256());
    assertThat(bank().memoryBank().blocks())
        .containsExactly(inOne.memoryBank().blocks().toArray(float[][]::new));
  }

  @Test
  void theSameImagesInOtherFilesHaveTheVarianceOfTheBank() throws IOException {
    Path others = work.resolve("others");
    Files.createDirectories(others);
    for (BankManifest.Image image : bank().manifest().images()) {
      byte[] png = Files.readAllBytes(first.resolve(image.path()));
      // What follows the end of a PNG file is no part of the image.
      Files.write(others.resolve("other-" + image.path()), Arrays.copyOf(png, png.length + 1));
    }

    UpdatedBank updated = only(update().data(others.toString()).refit(Refit.AUTO));

    assertThat(updated.heldBack()).isEmpty();
    assertThat(updated.explainedVariance().getAsDouble())
        .isCloseTo(bank().manifest().pca().explainedVariance(), within(1e-5));
    assertThat(updated.refitted()).isFalse();
    assertThat(bank().manifest().images()).hasSize(2 * FIRST);
  }

  @Test
  void componentsThatDoNotExplainTheNewImagesAreFittedAgain() throws IOException {
    Path carpets = Files.createDirectories(work.resolve("carpets"));
    for (int i = 0; i < 4; i++) {
      Files.copy(
          work.resolve(Text.format("data/carpet/train/good/00%d.png", i)),
          carpets.resolve(Text.format("carpet-%d.png", i)));
    }

    UpdatedBank updated =
        only(update().data(carpets.toString()).guard(OptionalDouble.empty()).refit(Refit.AUTO));

    assertThat(updated.explainedVariance().getAsDouble())
        .isLessThan(0.9 * updated.before().pca().explainedVariance());
    assertThat(updated.refitted()).isTrue();
    assertThat(bank().manifest().pca().fittedOnImages()).isEqualTo(FIRST + 4);
    assertThat(bank().manifest().pca().rule().variance()).isEqualTo(0.95);
  }

  /** By itself the folder is in MVTec AD's layout, whose training images are others. */
  @Test
  void theOldImagesAreReadInTheLayoutThatTheyWereReadIn() throws IOException {
    Path data = work.resolve("two-layouts");
    Path widget = Files.createDirectories(data.resolve("widget"));
    Files.move(copy(all, "normal", IntStream.range(0, FIRST)), widget.resolve("normal"));
    Files.createDirectories(widget.resolve("train"));
    Files.move(copy(all, "good", IntStream.range(FIRST, ALL)), widget.resolve("train/good"));
    Path folder = work.resolve("of-two-layouts");
    TinyBanks.of(spark, data, folder).layout("folder").execute();
    BankManifest built = open(folder.resolve("widget")).manifest();
    assertThat(built.sources()).containsExactly(new BankManifest.Source(data.toString(), "folder"));

    UpdatedBank updated =
        only(update().banks(folder.resolve("widget").toString()).refit(Refit.ALWAYS));

    assertThat(updated.after().images())
        .extracting(BankManifest.Image::path)
        .isEqualTo(built.images().stream().map(BankManifest.Image::path).toList())
        .allMatch(path -> path.startsWith("normal/"));
    assertThat(updated.after().sources()).isEqualTo(built.sources());
  }

  @Test
  void fittingAgainNeedsTheOldImages() throws IOException {
    Path moved = copy(all, "moved", IntStream.range(0, FIRST));
    Path folder = work.resolve("of-moved");
    TinyBanks.of(spark, moved, folder).execute();
    Files.delete(moved.resolve("005.png"));

    UpdateBanks.Result result =
        update().banks(folder.resolve("moved").toString()).refit(Refit.ALWAYS).execute();

    assertThat(result.failed()).hasSize(1);
    assertThat(result.failed().get(0).reason())
        .contains("1 of 11 are no longer in", "the first is 005.png", "--refit never");
    assertThat(open(folder.resolve("moved")).manifest().version()).isEqualTo(1);
  }
}
