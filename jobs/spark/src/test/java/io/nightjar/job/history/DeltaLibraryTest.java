package io.nightjar.job.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class DeltaLibraryTest {
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
          .hasMessageContaining("--packages " + DeltaLibrary.PACKAGE);
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
    String[] parts = DeltaLibrary.PACKAGE.split(":", -1);

    assertThat(jar).endsWith("/" + parts[1] + "-" + parts[2] + ".jar");
  }
}
