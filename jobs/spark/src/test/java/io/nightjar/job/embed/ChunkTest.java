package io.nightjar.job.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTest {

  @Test
  void cutsConsecutiveRunsAndLeavesTheRestToTheLast() {
    List<ImageRef> images =
        IntStream.range(0, 7)
            .mapToObj(
                i -> new ImageRef("nut", Split.TRAIN, "good", "train/good/" + i + ".png", "", ""))
            .toList();

    List<Chunk> chunks = Chunk.cut(images, 3);

    assertThat(chunks).extracting(Chunk::index).containsExactly(0, 1, 2);
    assertThat(chunks).extracting(chunk -> chunk.images().size()).containsExactly(3, 3, 1);
    assertThat(chunks.stream().flatMap(chunk -> chunk.images().stream()))
        .containsExactlyElementsOf(images);
  }

  @Test
  void noImagesMakeNoChunks() {
    assertThat(Chunk.cut(List.of(), 8)).isEmpty();
  }
}
