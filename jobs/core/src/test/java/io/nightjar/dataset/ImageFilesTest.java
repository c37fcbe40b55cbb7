package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a.png", "a.jpg", "a.JPEG", "a.jpe", "a.jfif", "a.bmp", "a.tif", "a.b.TIFF"})
  void imagesAreKnownByTheirExtension(String name) {
    assertThat(ImageFiles.isImage(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.webp", "a.txt", "png", ".png", "a.png.tmp"})
  void otherFilesAreNone(String name) {
    assertThat(ImageFiles.isImage(name)).isFalse();
  }
}
