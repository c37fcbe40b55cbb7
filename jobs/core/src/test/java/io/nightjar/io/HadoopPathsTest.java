package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class HadoopPathsTest {
  private final String here = "file:" + Path.of("").toAbsolutePath();
  private final String above = "file:" + Path.of("").toAbsolutePath().getParent();
  private final Configuration configuration = new Configuration();

  private String qualified(String location) {
    return HadoopPaths.qualified(location, configuration);
  }

  @Test
  void aRelativeLocationIsCompletedByTheWorkingFolder() {
    assertThat(qualified("data")).isEqualTo(here + "/data");
    assertThat(qualified("data/")).isEqualTo(here + "/data");
    assertThat(qualified("./data/own")).isEqualTo(here + "/data/own");
    assertThat(qualified("../data")).isEqualTo(above + "/data");
    assertThat(qualified("kind:2")).isEqualTo(here + "/kind:2");
  }

  @Test
  void anAbsoluteLocationGetsTheSchemeOfItsFileSystem() {
    assertThat(qualified("/data/mvtec_ad")).isEqualTo("file:/data/mvtec_ad");
    assertThat(qualified("file:///data/mvtec_ad/")).isEqualTo("file:/data/mvtec_ad");
  }

  @Test
  void aFileSystemWhoseLibraryIsMissingIsRefused() {
    configuration.set("fs.elsewhere.impl", "com.example.ElsewhereFileSystem");
    assertThatThrownBy(() -> qualified("elsewhere://host/data"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "its file system needs com.example.ElsewhereFileSystem, which is not on the class path");
  }

  @Test
  void aFileSystemThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> qualified("nowhere://host/data"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("nowhere://host/data cannot be reached: ");
  }
}
