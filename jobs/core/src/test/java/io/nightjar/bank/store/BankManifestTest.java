package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BankManifestTest {
  @TempDir private Path folder;

  @Test
  void sourcesKeepTheLayoutsThatTheyWereReadIn() {
    BankManifest manifest =
        manifest(
            new BankManifest.Source("s3a://factory/monday", "folder"),
            BankManifest.Source.of("s3a://factory/tuesday"),
            new BankManifest.Source("s3a://factory/monday", "mvtec-ad"));

    BankManifest read = BankManifestJson.read(BankManifestJson.write(manifest), "bank.json");

    assertThat(read).isEqualTo(manifest);
    assertThat(read.locations()).containsExactly("s3a://factory/monday", "s3a://factory/tuesday");
  }

  @Test
  void layoutsAreWrittenOnlyWhereOneIsKnown() {
    assertThat(json(manifest(BankManifest.Source.of("images")))).doesNotContain("source_layouts");
  }

  @Test
  void layoutsThatDoNotGoWithTheSourcesAreRefused() {
    String json = json(manifest(new BankManifest.Source("images", "folder")));
    String damaged = json.replace("[ \"folder\" ]", "[ \"folder\", \"visa\" ]");

    assertThat(damaged).isNotEqualTo(json);
    assertThatThrownBy(
            () ->
                BankManifestJson.read(damaged.getBytes(StandardCharsets.UTF_8), "/banks/bank.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("/banks/bank.json", "names 1 sources and the layouts of 2");
  }

  @Test
  void relativeSourcesAreCompleted() {
    assertThat(BankManifest.Source.of("images", "", SampleBanks.CONFIGURATION).location())
        .isEqualTo("file:" + Path.of("").toAbsolutePath() + "/images");
    assertThat(BankManifest.Source.of("/images", "", SampleBanks.CONFIGURATION).location())
        .isEqualTo("/images");
    assertThat(BankManifest.Source.of("s3a://a/images", "", SampleBanks.CONFIGURATION).location())
        .isEqualTo("s3a://a/images");
  }

  private BankManifest manifest(BankManifest.Source... sources) {
    BankManifest sample = SampleBanks.write(folder, OptionalInt.empty());
    return sample.next(
        rows(sample),
        sample.pca(),
        "2026-02-22T10:00:00Z",
        "nightjar",
        List.of(sources),
        Optional.empty(),
        "");
  }

  /** The files of a manifest with their images. */
  private static List<WrittenRows> rows(BankManifest manifest) {
    return manifest.files().stream()
        .map(
            file ->
                new WrittenRows(
                    file,
                    manifest.images().stream()
                        .filter(image -> image.file().equals(file.name()))
                        .collect(Collectors.toCollection(ArrayList::new))))
        .toList();
  }

  private static String json(BankManifest manifest) {
    return new String(BankManifestJson.write(manifest), StandardCharsets.UTF_8);
  }
}
