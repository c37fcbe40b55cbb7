package io.nightjar.metric.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CategoryMetricsTest;
import io.nightjar.metric.CoarseBins;
import io.nightjar.metric.CountedSample;
import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.SaturatedImage;
import io.nightjar.score.ImageScoreKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleFileTest {
  private static final SampleImage.Hashes HASHES =
      new SampleImage.Hashes("00ff".repeat(16), "", "ab12".repeat(16));

  @Test
  void givesBackEveryBit() throws IOException {
    for (int values : new int[] {0, 7}) {
      CategorySample sample = sample(values);

      CategorySample read = SampleFile.read(SampleFile.write(sample));

      assertThat(read).isEqualTo(sample);
      assertThat(read.images().get(0).hashes()).isEqualTo(HASHES);
      assertThat(read.category()).isEqualTo("bottle");
      assertThat(read.resolution()).isEqualTo("224");
      assertThat(read.exact()).isEqualTo(values == 7);
    }
  }

  @Test
  void defectsAreGivenBack() throws IOException {
    CategorySample sample = SaturatedImage.sample(SaturatedImage.random(1, 3, 16, 0));

    CategorySample read = SampleFile.read(SampleFile.write(sample));

    assertThat(read).isEqualTo(sample);
    assertThat(read.hasSaturatedDefects()).isTrue();
  }

  /** Written by the program of commit 230cee46, from the images below. */
  @Test
  void aFileOfVersion1IsReadAndHasNoDefects() throws IOException {
    List<LabelledImage> images =
        List.of(
            LabelledImage.drawn(
                "test/cut/000.png", "cut", new String[] {"91824", "31726"}, "#.#..", "#..##"),
            LabelledImage.drawn(
                "test/good/000.png", "good", new String[] {"12334", "21125"}, ".....", "....."));
    byte[] file;
    try (InputStream in = SampleFileTest.class.getResourceAsStream("version-1.bin")) {
      file = in.readAllBytes();
    }

    CategorySample read = SampleFile.read(file);

    assertThat(file[7]).isEqualTo((byte) 1);
    assertThat(read).isEqualTo(sample(images).of("bottle", "original"));
    assertThat(read.hasSaturatedDefects()).isFalse();
  }

  @Test
  void aDamagedFileIsRefused() {
    byte[] file = SampleFile.write(sample(7));

    for (int at = 8; at < file.length; at += 37) {
      byte[] damaged = file.clone();
      damaged[at] ^= 1;
      assertThatThrownBy(() -> SampleFile.read(damaged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SHA-256");
    }
    assertThatThrownBy(() -> SampleFile.read(Arrays.copyOf(file, 30)))
        .hasMessageContaining("no file of a run's sample");
    assertThatThrownBy(() -> SampleFile.read(Arrays.copyOf(file, file.length - 1)))
        .hasMessageContaining("SHA-256");
  }

  @Test
  void aFileOfANewerVersionSaysWhatToDo() {
    byte[] file = SampleFile.write(sample(7));
    file[7] = 3;

    assertThatThrownBy(() -> SampleFile.read(file))
        .hasMessageContaining("its version is 3")
        .hasMessageContaining("use the Nightjar that wrote it");
  }

  private static CategorySample sample(int values) {
    return sample(CategoryMetricsTest.images(3, 24, values));
  }

  private static CategorySample sample(List<LabelledImage> images) {
    CategoryCounts counts = CategoryMetricsTest.counts(images);
    CoarseBins bins = counts.coarseBins();
    return CountedSample.of(
            counts,
            ImageScoreKind.MAX,
            bins,
            images.stream().map(image -> image.count(bins)).toList())
        .of("bottle", "224")
        .withHashes(image -> HASHES);
  }
}
