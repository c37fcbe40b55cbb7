package io.nightjar.doctor.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Finding;
import io.nightjar.testing.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageProbeTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @Test
  void aLocalFolderPassesAndIsLeftAsItWas() throws IOException {
    Files.writeString(folder.resolve("kind:2.txt"), "content");

    Map<String, Finding> found = probe(folder.toString(), true);

    assertThat(found.values()).extracting(Finding::verdict).containsOnly("ok");
    assertThat(found)
        .containsOnlyKeys(
            "reach",
            "list",
            "read",
            "write",
            "read after write",
            "clock",
            "exclusive creation",
            "replace",
            "rename",
            "delete");
    assertThat(found.get("list").figures()).containsEntry("entries", 1);
    assertThat(found.get("read").figures()).containsEntry("bytes", 7);
    assertThat(folder.toFile().list()).containsExactly("kind:2.txt");
    assertThat(folder.resolve("kind:2.txt")).hasContent("content");
  }

  @Test
  void anInputIsNotWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("weights.pth"), "weights");
    assertThat(folder.toFile().setWritable(false)).isTrue();

    assertThat(probe(folder.toString(), false)).containsOnlyKeys("reach", "list", "read");
    assertThat(probe(file.toUri().toString(), false)).containsOnlyKeys("reach", "read");
    assertThat(StorageProbe.unreadable(file.toString(), new Configuration(), LONG)).isEmpty();
  }

  /** The folder of a data set holds folders of categories, and those hold folders. */
  @Test
  void aFileBelowFoldersIsRead() throws IOException {
    Path good = Files.createDirectories(folder.resolve("data/bottle/train/good"));
    Files.createDirectories(folder.resolve("data/carpet"));
    Files.writeString(good.resolve("000.png"), "12345");

    Map<String, Finding> found = probe(folder.resolve("data").toString(), false);

    assertThat(found.get("read").figures()).containsEntry("bytes", 5);
    Files.delete(good.resolve("000.png"));
    assertThat(probe(folder.resolve("data").toString(), false)).doesNotContainKey("read");
  }

  @Test
  void whatDoesNotExistIsSaid() {
    Map<String, Finding> out = probe(folder.resolve("runs").toString(), true);
    assertThat(out.get("reach")).isInstanceOf(Finding.Note.class);
    assertThat(out.get("write")).isInstanceOf(Finding.Ok.class);
    assertThat(folder).isEmptyDirectory();

    assertThat(probe(folder.resolve("a/b").toString(), true).values())
        .singleElement()
        .isInstanceOf(Finding.Problem.class);
    assertThat(probe(folder.resolve("runs").toString(), false).values())
        .singleElement()
        .isInstanceOf(Finding.Problem.class);
    assertThat(StorageProbe.unreadable(folder + "/runs", new Configuration(), LONG))
        .isEqualTo("It does not exist.");
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneProblem() {
    Map<String, Finding> found = probe("file:///proc", true);

    assertThat(found.get("list")).isInstanceOf(Finding.Ok.class);
    assertThat(found.get("write")).isInstanceOf(Finding.Problem.class);
    assertThat(found).doesNotContainKeys("replace", "delete");
  }

  @Test
  void aFileIsNoFolderForResults() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThat(probe(file.toString(), true).get("reach")).isInstanceOf(Finding.Problem.class);
  }

  @Test
  void anUnknownSchemeNamesWhatIsMissing() {
    Finding finding = probe("unknown://key:secret@host/x", true).get("reach");

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence()).contains("unknown").doesNotContain("secret");
    assertThat(finding.remedy()).contains("class path");
  }

  @Test
  void aConditionalPutIsDetected() {
    Finding finding = probe("gs://conditional/runs", true).get("exclusive creation");

    assertThat(finding).isInstanceOf(Finding.Ok.class);
    assertThat(finding.figures()).containsEntry("overlapping_succeeded", 1);
    assertThat(finding.figures()).containsEntry("succeeded", 1).containsEntry("writers", 4);
    assertThat(probesIn("conditional")).isEmpty();
  }

  @Test
  void aStoreThatIgnoresTheConditionIsNoted() {
    Finding finding = probe("gs://ignoring/runs", true).get("exclusive creation");

    assertThat(finding).isInstanceOf(Finding.Note.class);
    assertThat(finding.figures())
        .containsEntry("created_again", false)
        .containsEntry("overlapping_succeeded", 2);
    assertThat(probesIn("ignoring")).isEmpty();
  }

  @Test
  void aStoreWhereTheLaterUploadWinsIsNoted() {
    Map<String, Finding> found = probe("gs://last-wins/runs", true);

    assertThat(found.get("exclusive creation")).isInstanceOf(Finding.Note.class);
    assertThat(found.get("exclusive creation").figures()).containsEntry("overlapping_succeeded", 2);
    assertThat(found.get("rename").sentence()).contains("a copy within the store");
    assertThat(found.get("delete")).isInstanceOf(Finding.Ok.class);
    assertThat(probesIn("last-wins")).isEmpty();
  }

  @Test
  void aStoreThatCreatesWhatExistsIsAProblem() {
    Finding finding = probe("gs://careless/runs", true).get("exclusive creation");

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.figures()).containsEntry("created_again", true);
    assertThat(probesIn("careless")).isEmpty();
  }

  @Test
  void anUploadThatIsNotListedIsAProblem() {
    Map<String, Finding> found = probe("gs://stale/", true);

    assertThat(found.get("read after write")).isInstanceOf(Finding.Problem.class);
    assertThat(found.get("replace")).isInstanceOf(Finding.Ok.class);
    assertThat(probesIn("stale")).isEmpty();
  }

  @Test
  void anotherClockIsMeasured() {
    Finding finding = probe("gs://fast/runs", true).get("clock");

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat((Double) finding.figures().get("skew_seconds")).isBetween(3500.0, 3601.0);
    assertThat(finding.sentence()).contains("ahead of");
  }

  @Test
  void missingRightsAreNamed() {
    Finding finding = probe("gs://denying/runs", true).get("write");

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence()).contains("no PUT for this account");
    assertThat(finding.remedy()).startsWith("Give this account the right");
  }

  @Test
  void aStoreThatHangsIsGivenUp() {
    MemoryStore.put("gs://hanging/runs/a", "x".getBytes(StandardCharsets.UTF_8));

    Map<String, Finding> found = probe("gs://hanging/runs", true, Duration.ofMillis(300));

    assertThat(found.get("read")).isInstanceOf(Finding.Ok.class);
    assertThat(found.get("write")).isInstanceOf(Finding.Problem.class);
    assertThat(found.get("write").sentence()).contains("no answer within 300 ms");
    assertThat(found.get("delete").sentence()).contains(StorageProbe.PREFIX);
    assertThat(found).doesNotContainKey("replace");

    assertThat(probe("gs://silent/runs", true, Duration.ofMillis(300)).values())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.sentence()).contains("cannot be reached", "300 ms"));
  }

  private static List<String> probesIn(String bucket) {
    return MemoryStore.objects(bucket).stream()
        .filter(name -> name.contains(StorageProbe.PREFIX))
        .toList();
  }

  private static Map<String, Finding> probe(String uri, boolean writes) {
    return probe(uri, writes, LONG);
  }

  private static Map<String, Finding> probe(String uri, boolean writes, Duration limit) {
    List<Finding> found = new ArrayList<>();
    new StorageProbe(uri, writes, MemoryStore.configuration(), limit).run(found::add);
    Map<String, Finding> bySubject = new TreeMap<>();
    found.forEach(finding -> assertThat(bySubject.put(finding.subject(), finding)).isNull());
    return bySubject;
  }
}
