package io.nightjar.job.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.io.Sha256;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading ahead gives what loading one image after the other gives. */
class ImageLoadingTest {
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1), 64, 4);
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imagesAndDefectsComeInCatalogueOrder(boolean decodeAhead) throws Exception {
    List<Chunk> chunks = chunksWithADefect();
    List<String> expected = oneAfterTheOther(chunks);
    assertThat(expected).anyMatch(entry -> entry.startsWith("defective"));

    List<String> found = new ArrayList<>();
    try (ImageLoading loading = loading(chunks, decodeAhead)) {
      for (int i = 0; i < expected.size(); i++) {
        try {
          found.add(describe(loading.next()));
        } catch (UnreadableFileException e) {
          found.add("defective " + e.uri() + " " + e.reason());
        }
      }
    }

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void batchesAreFilledFromOneChunkWithSoundImages() throws Exception {
    List<Chunk> chunks = chunksWithADefect();
    List<String> events = new ArrayList<>();
    List<String> batches = new ArrayList<>();

    try (ImageLoading loading = loading(chunks, false)) {
      new EmbeddedBatches<>(chunks, loading, images -> new float[images.size()], 2, 1, log(events))
          .forEachRemaining(
              batch ->
                  batches.add(batch.chunk() + "." + batch.batch() + " x" + batch.images().size()));
    }

    // Chunks of 4, 4 and 1 images, the third of which is defective.
    assertThat(batches).containsExactly("0.0 x2", "0.1 x1", "1.0 x2", "1.1 x2", "2.0 x1");
    assertThat(events).filteredOn(event -> event.startsWith("loaded")).hasSize(8);
    assertThat(events).filteredOn(event -> event.startsWith("defective")).hasSize(1);
  }

  private List<Chunk> chunksWithADefect() throws Exception {
    Category carpet =
        MvtecAdLayout.list(TinyDataset.generate(folder).toString(), List.of("carpet"), HADOOP)
            .get(0);
    Files.writeString(folder.resolve("carpet/train/good/002.png"), "no image");
    return Chunk.cut(carpet.train(), 4);
  }

  private static ImageLoading loading(List<Chunk> chunks, boolean decodeAhead) {
    return decodeAhead
        ? ImageLoading.decodeAhead(chunks, SPEC, WhiteLevel.FULL, 3, 2, HADOOP, () -> false)
        : ImageLoading.readAhead(chunks, SPEC, WhiteLevel.FULL, 3, HADOOP, () -> false);
  }

  private static List<String> oneAfterTheOther(List<Chunk> chunks) {
    List<String> entries = new ArrayList<>();
    for (Chunk chunk : chunks) {
      for (ImageRef ref : chunk.images()) {
        try {
          entries.add(describe(EncodedImage.read(ref, HADOOP).decode(SPEC, WhiteLevel.FULL)));
        } catch (UnreadableFileException e) {
          entries.add("defective " + e.uri() + " " + e.reason());
        }
      }
    }
    return entries;
  }

  private static String describe(LoadedImage image) {
    return image.ref().relativePath()
        + " "
        + image.sha256()
        + " "
        + Sha256.of(image.inputs().get(0).pixels());
  }

  private static EmbeddedBatches.Listener log(List<String> events) {
    return new EmbeddedBatches.Listener() {
      @Override
      public void loaded(LoadedImage image) {
        events.add("loaded " + image.ref().relativePath());
      }

      @Override
      public void unreadable(ImageRef ref, UnreadableFileException reason) {
        events.add("defective " + ref.relativePath());
      }

      @Override
      public void embedding(int images) {
        events.add("embedding " + images);
      }

      @Override
      public void embedded(int images) {
        events.add("embedded " + images);
      }
    };
  }
}
