package io.nightjar.job.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final int SIZE = 16;
  private static final int IMAGES = 400;

  private static ImageRef image(String name) {
    return new ImageRef("nut", Split.TRAIN, "good", "train/good/" + name, "file:/" + name, "", "");
  }

  private static List<ImageRef> images(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> image(Text.format("%03d.png", number)))
        .toList();
  }

  private static List<List<ImageRef>> byNames(List<ImageRef> images) {
    return Chunk.cutByNames(images, SIZE).stream()
        .map(chunk -> List.copyOf(chunk.images()))
        .toList();
  }

  @Test
  void chunksHoldAllImagesInOrderAndAreNumbered() {
    for (int size : new int[] {1, 2, 3, 4, SIZE, IMAGES, 4096}) {
      List<Chunk> chunks = Chunk.cutByNames(images(IMAGES), size);

      assertThat(chunks.stream().flatMap(chunk -> chunk.images().stream()))
          .containsExactlyElementsOf(images(IMAGES));
      assertThat(chunks.stream().map(Chunk::index))
          .containsExactlyElementsOf(IntStream.range(0, chunks.size()).boxed().toList());
      assertThat(chunks).allMatch(chunk -> !chunk.images().isEmpty());
      assertThat(chunks).allMatch(chunk -> chunk.images().size() <= size);
    }
    assertThat(Chunk.cutByNames(List.of(), SIZE)).isEmpty();
  }

  @Test
  void fewImagesAreCutByNumberAlone() {
    for (int count = 1; count <= SIZE + SIZE / 2; count++) {
      assertThat(Chunk.cutByNames(images(count), SIZE)).isEqualTo(Chunk.cut(images(count), SIZE));
    }
  }

  @Test
  void anImageThatIsRemovedOrAddedChangesTheChunksNearIt() {
    List<ImageRef> all = images(IMAGES);
    List<List<ImageRef>> whole = byNames(all);
    int changed = 0;
    for (int removed = 0; removed < IMAGES; removed++) {
      List<ImageRef> others = new ArrayList<>(all);
      others.remove(removed);
      Set<List<ImageRef>> without = new HashSet<>(byNames(others));
      int ofWhole = 0;
      for (List<ImageRef> chunk : whole) {
        if (!without.contains(chunk)) {
          changed++;
          ofWhole += chunk.size();
        }
      }
      assertThat(ofWhole).as("of the image %d", removed).isBetween(1, 6 * SIZE);
    }
    // By number alone half of all chunks would change.
    assertThat((double) changed / IMAGES).isLessThan(3);
    assertThat(whole.size()).isLessThanOrEqualTo(IMAGES / SIZE * 3 / 2);
  }

  @Test
  void chunksFollowFromNamesAndNotFromFolders() {
    List<ImageRef> moved =
        images(IMAGES).stream()
            .map(image -> image.named("elsewhere/" + image.relativePath()))
            .toList();

    assertThat(byNames(moved).stream().map(List::size))
        .isEqualTo(byNames(images(IMAGES)).stream().map(List::size).toList());
  }

  @Test
  void imagesOfOneNameAreCutByNumber() {
    List<ImageRef> alike = new ArrayList<>();
    for (int folder = 0; folder < 100; folder++) {
      alike.add(image("x.png").named(folder + "/x.png"));
    }

    assertThat(Chunk.cutByNames(alike, SIZE)).isEqualTo(Chunk.cut(alike, SIZE));
  }
}
