package io.nightjar.io.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  private static final ArtifactKey ONE = ArtifactKey.of("test", 1).build();
  private static final ArtifactKey OTHER = ArtifactKey.of("test", 2).build();
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private ArtifactStore store;

  @BeforeEach
  void open() {
    store = ArtifactStore.in(folder.toString(), new Configuration());
  }

  @Test
  void findsWhatWasPublishedAndNothingElse() throws Exception {
    store.publish(Kind.FIGURES, ONE, new ArtifactFile("{}", new float[] {3}));

    assertThat(store.find(Kind.FIGURES, ONE).orElseThrow().values()).containsExactly(3f);
    assertThat(store.find(Kind.FIGURES, OTHER)).isEmpty();
    assertThat(store.parts(Kind.DISTANCES, ONE)).isEmpty();
  }

  @Test
  void theSamePartTwiceIsOneFileAndLeavesNoTemporaryOne() throws Exception {
    ArtifactFile part = new ArtifactFile("{}", new float[] {1, 2});
    store.add(Kind.DISTANCES, ONE, part);
    store.add(Kind.DISTANCES, ONE, part);
    store.add(Kind.DISTANCES, ONE, new ArtifactFile("{}", new float[] {1}));

    List<String> parts = store.parts(Kind.DISTANCES, ONE);
    assertThat(parts).hasSize(2);
    assertThat(filesIn(folder)).hasSize(2);
    assertThat(store.part(Kind.DISTANCES, ONE, parts.get(0)).document()).isEqualTo("{}");
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    store.publish(Kind.FIGURES, ONE, new ArtifactFile("{}", new float[0]));
    Path file = folder.resolve(ArtifactStore.FOLDER).resolve(Kind.FIGURES.path(ONE));
    Files.write(file, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> store.find(Kind.FIGURES, ONE))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessageContaining(Kind.FIGURES.path(ONE));
  }

  @Test
  void aStoreOfANewerFormatIsRefused() throws Exception {
    store.create();
    Path mark = folder.resolve(ArtifactStore.FOLDER).resolve(ArtifactStore.MARK);
    Files.writeString(mark, Files.readString(mark).replace(": 1", ": 2"));

    assertThatThrownBy(store::create)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("format_version is 2", "store.json");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedBeforeAnyWork() throws Exception {
    Files.writeString(folder.resolve(ArtifactStore.FOLDER), "a file");

    assertThatThrownBy(() -> UseRecord.begin(store, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--reuse none");
  }

  @Test
  void deletesWhatNoRunHasUsedSinceAndNothingThatNoRecordNames() throws Exception {
    UseRecord.begin(store, Map.of()).enter(Kind.FIGURES, ONE);
    store.publish(Kind.FIGURES, ONE, new ArtifactFile("{}", new float[0]));
    store.publish(Kind.FIGURES, OTHER, new ArtifactFile("{}", new float[0]));
    Path mine = folder.resolve(ArtifactStore.FOLDER).resolve("notes.txt");
    Files.writeString(mine, "of a person");

    assertThat(Retention.since(store, Instant.now().minus(DAY)).expired()).isEmpty();
    Retention all = Retention.since(store, Instant.now().plus(DAY));

    assertThat(all.expired().keySet()).containsExactly(Kind.FIGURES.path(ONE));
    assertThat(all.bytes()).isEqualTo(new ArtifactFile("{}", new float[0]).encode(ONE).length);
    all.apply(store);
    assertThat(store.find(Kind.FIGURES, ONE)).isEmpty();
    assertThat(store.find(Kind.FIGURES, OTHER)).isPresent();
    assertThat(mine).exists();
    assertThat(Retention.since(store, Instant.now().plus(DAY)).records()).isEmpty();
  }

  @Test
  void whatALaterRunUsedAgainIsKept() throws Exception {
    UseRecord.begin(store, Map.of()).enter(Kind.BANKS, ONE);
    Instant between = Instant.now();
    Thread.sleep(5);
    UseRecord.begin(store, Map.of()).enter(Kind.BANKS, ONE);

    Retention retention = Retention.since(store, between);

    assertThat(retention.expired()).isEmpty();
    assertThat(retention.kept()).isEqualTo(1);
    assertThat(retention.records()).hasSize(1);
  }

  /** What changed for a member of an ensemble, another member's run says nothing of. */
  @Test
  void theLastRunOfAPartIsThatOfTheSamePart() throws Exception {
    store.create();
    assertThat(UseRecord.last(store, "")).isEmpty();
    for (String part : List.of("small", "", "large")) {
      UseRecord.begin(store, Map.of("image_size", part + "1"), part);
      Thread.sleep(5);
    }

    for (String part : List.of("small", "", "large")) {
      assertThat(UseRecord.last(store, part)).isEqualTo(Map.of("image_size", part + "1"));
    }
    assertThat(UseRecord.last(store, "other")).isEmpty();

    UseRecord.begin(store, Map.of("image_size", "2"), "small");
    assertThat(UseRecord.last(store, "small")).isEqualTo(Map.of("image_size", "2"));
    assertThat(UseRecord.last(store, "")).isEqualTo(Map.of("image_size", "1"));
  }

  @Test
  void aRecordCannotNameAnythingButArtefacts() throws Exception {
    Path outside = folder.resolve("metrics.json");
    Files.writeString(outside, "{}");
    store.create();
    store.write(
        ArtifactStore.USES + "/hostile.json",
        ("{\"format_version\":1,\"used\":\"2020-01-01T00:00:00Z\",\"artifacts\":"
                + "[\"../metrics.json\",\"figures/../../metrics.json\",\"store.json\",\"figures\"]}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));

    Retention retention = Retention.since(store, Instant.now());
    retention.apply(store);

    assertThat(retention.expired()).isEmpty();
    assertThat(outside).exists();
    assertThat(folder.resolve(ArtifactStore.FOLDER).resolve(ArtifactStore.MARK)).exists();
  }

  @Test
  void aFolderWithoutAStoreIsRefused() {
    assertThatThrownBy(() -> Retention.since(store, Instant.now()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no store in");
  }

  private static List<Path> filesIn(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}
