package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Updates of banks share the store of other commands, which changes no bit of any bank. */
@Tag("slow")
class UpdateStoreTest extends UpdateFixture {
  private StoredBank inOne;

  /** A bank of all images without any store. */
  @BeforeAll
  void buildOfAll() {
    inOne = built(all, "in-one");
  }

  private StoredBank built(Path data, String name) {
    Path folder = work.resolve(name);
    TinyBanks.of(spark, data, folder).categories(List.of("bottle")).execute();
    return open(folder.resolve("bottle"));
  }

  private UpdatedBank refitted(Path store) {
    return only(
        update()
            .data(all.toString())
            .guard(OptionalDouble.empty())
            .refit(Refit.ALWAYS)
            .reuse(store.toString())
            .keepEmbeddings(true));
  }

  private static List<Path> stored(Path store, String kind) throws IOException {
    try (Stream<Path> files = Files.list(store.resolve(ArtifactStore.FOLDER).resolve(kind))) {
      return files.sorted().toList();
    }
  }

  private void assertTheBankIsThatOfAll() {
    assertThat(bank().manifest().version()).isEqualTo(2);
    assertThat(bank().manifest().pca().sha256()).isEqualTo(inOne.manifest().pca().sha256());
    assertThat(bank().memoryBank().blocks())
        .containsExactly(inOne.memoryBank().blocks().toArray(float[][]::new));
  }

  @Test
  void newImagesAreEmbeddedOnceWhereTheComponentsAreFittedAgain() throws IOException {
    Path store = work.resolve("once");

    UpdatedBank updated = refitted(store);

    // The old ones had not been embedded for this store before.
    assertThat(updated.reused())
        .isEqualTo("bank of all images: embeddings of " + (ALL - FIRST) + " images taken");
    assertThat(stored(store, "embeddings")).hasSize(ALL);
    assertTheBankIsThatOfAll();
  }

  @Test
  void whatABuildKeptIsTaken() throws IOException {
    Path store = work.resolve("of-build");
    TinyBanks.of(spark, first, work.resolve("kept"))
        .categories(List.of("bottle"))
        .reuse(store.toString())
        .keepEmbeddings(true)
        .execute();

    UpdatedBank updated = refitted(store);

    // Those of the new images were kept when they were compared with the bank.
    assertThat(updated.reused())
        .isEqualTo("bank of all images: embeddings of " + ALL + " images taken");
    // Of 11 images in chunks of 2, the first five of six chunks are the same among the eight of 16.
    assertThat(stored(store, "covariances")).hasSize(6 + 8 - 5);
    assertTheBankIsThatOfAll();
  }

  @Test
  void embeddingsThatAreDamagedAreNamedAndComputedAgain() throws IOException {
    Path store = work.resolve("damaged");
    refitted(store);
    for (Path file : stored(store, "covariances")) {
      Files.delete(file);
    }
    for (Path file : stored(store, "embeddings")) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 4;
      Files.write(file, bytes);
    }
    copyAgain();

    UpdatedBank updated = refitted(store);

    assertThat(updated.reused()).contains("embeddings/", "was altered or cut short");
    assertTheBankIsThatOfAll();
  }

  /** The bank of the first images in place of what became of it. */
  private void copyAgain() throws IOException {
    FileUtils.deleteDirectory(banks.toFile());
    FileUtils.copyDirectory(built.toFile(), banks.toFile());
  }

  @Test
  void aBankThatAnEvaluationBuiltOfAllImagesIsCopied() throws IOException {
    Path data = work.resolve("data");
    Path store = work.resolve("of-evaluation");
    new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .options(TinyEvaluation.options().build())
        .categories(List.of("bottle"))
        .reuse(store.toString())
        .out(work.resolve("evaluated").toString())
        .execute();
    Path some = work.resolve("some/bottle/train/good");
    Files.createDirectories(some.getParent());
    Files.move(copy(all, "some-images", IntStream.range(0, FIRST)), some);
    built(work.resolve("some"), "of-some");
    UpdateBanks update =
        update()
            .banks(work.resolve("of-some/bottle").toString())
            .data(data.toString())
            .guard(OptionalDouble.empty())
            .refit(Refit.ALWAYS)
            .reuse(store.toString());

    UpdatedBank updated = only(update);

    assertThat(updated.reused()).isEqualTo("bank of all images: taken from the store");
    assertThat(updated.after().version()).isEqualTo(2);
    assertThat(updated.after().parent()).hasValue(1);
    assertThat(updated.after().images())
        .extracting(BankManifest.Image::sha256)
        .isEqualTo(inOne.manifest().images().stream().map(BankManifest.Image::sha256).toList());
    assertThat(open(work.resolve("of-some/bottle")).memoryBank().blocks())
        .containsExactly(inOne.memoryBank().blocks().toArray(float[][]::new));
  }

  @Test
  void embeddingsWithoutAStoreAreRefused() {
    assertThatThrownBy(() -> update().data(all.toString()).keepEmbeddings(true).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name one with --reuse");
  }
}
