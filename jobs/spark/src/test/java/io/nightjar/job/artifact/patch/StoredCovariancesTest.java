package io.nightjar.job.artifact.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.fit.KeptCovariances;
import io.nightjar.job.fit.PatchBlock;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCovariancesTest {
  private static final ArtifactKey KEY = ArtifactKey.of("covariance", 1).build();
  private static final PatchBlock.Source FIRST = new PatchBlock.Source("train/a.png", "01");
  private static final PatchBlock.Source SECOND = new PatchBlock.Source("train/b.png", "02");

  /** Of 2 channels: their sums, and 3 sums of products. */
  private static final PartialCovariance SUMS =
      PartialCovariance.of(List.of(2), 7, new double[] {0.1, -0.0, 1 / 3.0, 2, 1e300});

  @TempDir private Path folder;
  private CollectionAccumulator<Integer> taken;
  private CollectionAccumulator<Integer> written;
  private CollectionAccumulator<String> faults;
  private StoredCovariances stored;

  @BeforeEach
  void create() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(Sparks.local(1).sparkContext());
    ArtifactStore.in(folder.toString(), new Configuration()).create();
    taken = spark.sc().collectionAccumulator();
    written = spark.sc().collectionAccumulator();
    faults = spark.sc().collectionAccumulator();
    stored =
        new StoredCovariances(
            folder.toString(),
            new HashMap<>(
                Map.of(
                    3, new StoredCovariances.Entry(KEY, new ArrayList<>(List.of(FIRST, SECOND))))),
            spark.broadcast(new SerializableConfiguration(new Configuration())),
            taken,
            written,
            faults);
  }

  @Test
  void whatWasKeptIsFoundWithItsBits() {
    Chunk both = chunk(3, "train/a.png", "train/b.png");
    assertThat(stored.images(both)).isEmpty();
    assertThat(stored.find(3, List.of(2))).isEmpty();

    stored.keep(both, kept(FIRST, SECOND));

    assertThat(stored.images(both)).contains(List.of(FIRST, SECOND));
    assertThat(taken.value()).isEmpty();
    PartialCovariance found = stored.find(3, List.of(2)).orElseThrow();
    assertThat(found.count()).isEqualTo(7);
    assertThat(found.toArray()).isEqualTo(SUMS.toArray());
    assertThat(taken.value()).containsExactly(3);
    assertThat(written.value()).containsExactly(3);
    assertThat(faults.value()).isEmpty();
  }

  @Test
  void theSumsOfOtherImagesAreNeitherKeptNorFound() {
    // One of the files is not what it was when the category began.
    stored.keep(
        chunk(3, "train/a.png", "train/b.png"),
        kept(FIRST, new PatchBlock.Source("train/b.png", "03")));
    assertThat(stored.images(chunk(3, "train/a.png", "train/b.png"))).isEmpty();

    stored.keep(chunk(3, "train/a.png", "train/b.png"), kept(FIRST, SECOND));

    assertThat(stored.images(chunk(3, "train/a.png"))).isEmpty();
    assertThat(stored.images(chunk(2, "train/a.png", "train/b.png"))).isEmpty();
    assertThat(stored.find(2, List.of(2))).isEmpty();
  }

  @Test
  void sumsOfAnotherNumberOfChannelsAreNamed() {
    stored.keep(chunk(3, "train/a.png", "train/b.png"), kept(FIRST, SECOND));

    assertThat(stored.find(3, List.of(3))).isEmpty();

    assertThat(faults.value())
        .singleElement()
        .asString()
        .contains("The stored covariances/" + KEY.hex(), "is not as it was written");
    assertThat(taken.value()).isEmpty();
  }

  private static KeptCovariances.Kept kept(PatchBlock.Source... images) {
    return new KeptCovariances.Kept(List.of(images), SUMS);
  }

  private static Chunk chunk(int index, String... paths) {
    ArrayList<ImageRef> images = new ArrayList<>();
    for (String path : paths) {
      images.add(new ImageRef("c", Split.TRAIN, "good", path, "file:/data/" + path, ""));
    }
    return new Chunk(index, images);
  }
}
