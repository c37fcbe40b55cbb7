package io.nightjar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void digitsAndPointsDoNotDependOnTheLocale() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(Text.format("%d images, %.2f", 12, 0.5)).isEqualTo("12 images, 0.50");

    Locale.setDefault(Locale.GERMANY);
    assertThat(Text.format("%,d pixels, %.2f", 1_000_000, 0.5)).isEqualTo("1,000,000 pixels, 0.50");
  }

  @Test
  void oneIsCountedInTheSingular() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(Text.counted(0, "image", "images")).isEqualTo("0 images");
    assertThat(Text.counted(1, "image", "images")).isEqualTo("1 image");
    assertThat(Text.counted(1200, "category", "categories")).isEqualTo("1200 categories");
  }

  @Test
  void fewBytesAreNotNone() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(Text.megabytes(0)).isEqualTo("0 MB");
    assertThat(Text.megabytes(46_080)).isEqualTo("less than 0.1 MB");
    assertThat(Text.megabytes(5_120_000)).isEqualTo("5.1 MB");
    assertThat(Text.megabytes(293_699_999)).isEqualTo("293 MB");
  }
}
