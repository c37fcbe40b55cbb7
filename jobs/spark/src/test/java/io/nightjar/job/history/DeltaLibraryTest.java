package io.nightjar.job.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.run.BuildInfo;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaLibraryTest {
  private final Locale before = Locale.getDefault(Locale.Category.FORMAT);

  @BeforeEach
  void english() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
  }

  @AfterEach
  void asBefore() {
    Locale.setDefault(Locale.Category.FORMAT, before);
  }

  /** Not the language decides, but its digits: German is as good as English. */
  @ParameterizedTest
  @CsvSource({"ar-EG, true", "fa-IR, true", "ar-MA, false", "de-DE, false", "und, false"})
  void aLanguageWithOtherDigitsIsRefused(String language, boolean isRefused) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(language));

    if (isRefused) {
      assertThatThrownBy(DeltaLibrary::require)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("(" + language + ")")
          .hasMessageContaining("-Duser.language=en");
    } else {
      assertThatCode(DeltaLibrary::require).doesNotThrowAnyException();
    }
  }

  @Test
  void withTheLibraryASessionGetsItsExtensionAndCatalog() {
    assertThatCode(DeltaLibrary::require).doesNotThrowAnyException();
    assertThat(DeltaLibrary.properties())
        .containsOnlyKeys("spark.sql.extensions", "spark.sql.catalog.spark_catalog");
  }

  @Test
  void withoutItASentenceSaysWhatToAdd() throws Exception {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader empty =
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(empty);
      assertThatThrownBy(DeltaLibrary::require)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("--packages " + BuildInfo.deltaPackage());
      assertThat(DeltaLibrary.properties()).isEmpty();
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  /** The version that is recommended is the one that is tested. */
  @Test
  void thePackageIsTheOneOnTheTestsClassPath() throws Exception {
    String jar =
        Class.forName("io.delta.tables.DeltaTable")
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .getPath();
    String[] parts = BuildInfo.deltaPackage().split(":", -1);

    assertThat(jar).endsWith("/" + parts[1] + "-" + parts[2] + ".jar");
  }
}
