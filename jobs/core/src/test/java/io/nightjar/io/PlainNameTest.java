package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainNameTest {
  private static final Path FOLDER = new Path("s3a://bucket/out");

  @ParameterizedTest
  @ValueSource(strings = {"bottle", ".cache", "kind:2", "%2e%2e", "زجاجة", "a b", "...", "~"})
  void aPlainNameLiesDirectlyBelowItsFolder(String name) {
    Path below = PlainName.of("category", name).below(FOLDER);

    assertThat(below.getParent()).isEqualTo(FOLDER);
    assertThat(below.getName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "..", "../x", "a/b", "/etc", "a\\b", "..\\x", "a\nb", "a\0b", "s3:/x"
      })
  void whateverCouldLeadElsewhereIsRefusedInASentence(String name) {
    assertThatThrownBy(() -> PlainName.of("category", name))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "The category \"[^\\n\\x00]*\" cannot name a file or folder: it .+\\..+\\.");
    assertThatThrownBy(() -> new PlainName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLongestNameIsCountedInBytes() {
    assertThat(PlainName.fault("é".repeat(100))).isEmpty();
    assertThat(PlainName.fault("é".repeat(101)))
        .contains("is 202 bytes long, where at most 200 are possible");
  }

  @Test
  void theNameMostLikeATextIsPlainAndKeepsItsEnd() {
    assertThat(PlainName.like("a/b:c\\d\ne", 20).value()).isEqualTo("a-b-c-d-e");
    assertThat(PlainName.like("0123456789é", 4).value()).isEqualTo("89é");
    assertThat(PlainName.like("..", 20).value()).isEqualTo("-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "/a", "a//b", "a/", "", "./a"})
  void aChildOfAFolderNeverLeavesIt(String relative) {
    assertThatThrownBy(() -> HadoopPaths.child(FOLDER, relative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no path below a folder");
  }
}
