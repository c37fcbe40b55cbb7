package io.nightjar.io.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArtifactKeyTest {

  @Test
  void theSameValuesGiveTheSameKey() {
    assertThat(key("bank", 1, "grid", "28")).isEqualTo(key("bank", 1, "grid", "28"));
  }

  @Test
  void kindFormatNameAndValueChangeIt() {
    assertThat(
            Set.of(
                key("bank", 1, "grid", "28"),
                key("figures", 1, "grid", "28"),
                key("bank", 2, "grid", "28"),
                key("bank", 1, "size", "28"),
                key("bank", 1, "grid", "29")))
        .hasSize(5);
  }

  @Test
  void whereAValueEndsAndANextOneBeginsCounts() {
    assertThat(
            Set.of(
                ArtifactKey.of("k", 1).with("a", List.of("bc", "d")).build(),
                ArtifactKey.of("k", 1).with("a", List.of("b", "cd")).build(),
                ArtifactKey.of("k", 1).with("a", List.of("bcd")).build(),
                ArtifactKey.of("k", 1).with("a", "bc").with("d", List.of()).build(),
                ArtifactKey.of("k", 1).with("ab", List.of("c", "d")).build()))
        .hasSize(5);
  }

  @Test
  void isTheSha256OfLengthsAndTexts() {
    // printf '\0\0\0\4kind\0\0\0\1\0\0\0\1k\0\0\0\6format\0\0\0\1\0\0\0\0011' | sha256sum
    assertThat(ArtifactKey.of("k", 1).build().hex())
        .isEqualTo("9a5d436c27862422ac531d84bf545f823c06954bd4ba0e4513811774d2311902");
  }

  @Test
  void refusesWhatCouldBeAPath() {
    assertThatThrownBy(() -> new ArtifactKey("../" + "0".repeat(61)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ArtifactKey key(String kind, int format, String name, String value) {
    return ArtifactKey.of(kind, format).with(name, value).build();
  }
}
