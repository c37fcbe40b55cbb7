package io.nightjar.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.report.QuarantinedFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  @Test
  void aFileEnteredTwiceCountsOnce() {
    Quarantine quarantine = new Quarantine("nut", 100, 0.01);
    FileOutcome broken = new FileOutcome("train/good/3.png", "", "It is empty.");

    quarantine.enter(List.of(broken, broken));

    assertThat(quarantine.files())
        .containsExactly(new QuarantinedFile("train/good/3.png", "It is empty."));
    assertThatCode(quarantine::check).doesNotThrowAnyException();
  }

  @Test
  void oneFileMoreThanTheLimitFailsTheCategory() {
    Quarantine quarantine = new Quarantine("nut", 100, 0.01);

    quarantine.enter(
        List.of(
            new FileOutcome("train/good/3.png", "", "It is empty."),
            new FileOutcome("train/good/4.png", "", "It is no image.")));

    assertThatThrownBy(quarantine::check)
        .isInstanceOf(CategoryFailedException.class)
        .hasMessageContainingAll(
            "2 of the 100 images of category nut cannot be used",
            "0.01",
            "train/good/3.png: It is empty.");
  }

  @Test
  void aFileOfOtherBytesThanBeforeIsLeftOut() {
    Quarantine quarantine = new Quarantine("nut", 2, 1);
    FileOutcome first = new FileOutcome("train/good/1.png", "a".repeat(64), "");
    FileOutcome other = new FileOutcome("train/good/1.png", "b".repeat(64), "");

    assertThat(quarantine.enter(List.of(first, first))).isFalse();
    assertThat(quarantine.enter(List.of(first, other))).isTrue();
    assertThat(quarantine.enter(List.of(first, other))).as("known already").isFalse();
    assertThat(quarantine.files())
        .containsExactly(
            new QuarantinedFile(
                "train/good/1.png",
                "It changed while the run read it: its SHA-256 was aaaaaaaaaaaa... and then"
                    + " bbbbbbbbbbbb..."));
    assertThat(quarantine.hashes()).containsEntry("train/good/1.png", "a".repeat(64));
  }

  @Test
  void aFileThatCanBeReadOnceOnlyIsLeftOut() {
    Quarantine quarantine = new Quarantine("nut", 2, 1);
    FileOutcome read = new FileOutcome("1.png", "a".repeat(64), "");
    FileOutcome absent = new FileOutcome("1.png", "", "The file is absent.");
    FileOutcome later = new FileOutcome("2.png", "c".repeat(64), "");
    FileOutcome broken = new FileOutcome("2.png", "", "It is truncated.");

    assertThat(quarantine.enter(List.of(read, absent))).isTrue();
    assertThat(quarantine.enter(List.of(broken, later))).isTrue();

    assertThat(quarantine.files())
        .extracting(QuarantinedFile::reason)
        .containsExactly(
            "It could be read at first, and no longer when it was read again. The file is absent.",
            "It could not be read at first, but when it was read again. It is truncated.");
  }

  @Test
  void anImageIsLeftOutWithItsMask() {
    Quarantine quarantine = new Quarantine("nut", 2, 1);
    quarantine.enter(
        List.of(
            new FileOutcome("test/cut/1.png", "a".repeat(64), ""),
            new FileOutcome("test/cut/1.png#mask", "b".repeat(64), "")));

    assertThat(
            quarantine.enter(List.of(new FileOutcome("test/cut/1.png#mask", "c".repeat(64), ""))))
        .isTrue();

    assertThat(quarantine.paths()).containsExactly("test/cut/1.png");
    assertThat(quarantine.files().get(0).reason()).startsWith("Of its mask: It changed while");
  }

  @Test
  void anImageWithoutTruthIsNoChange() {
    Quarantine quarantine = new Quarantine("nut", 2, 1);
    FileOutcome read = new FileOutcome("test/cut/1.png", "a".repeat(64), "");
    FileOutcome unmasked = new FileOutcome("test/cut/1.png", "a".repeat(64), "It has no mask.");

    assertThat(quarantine.enter(List.of(read, unmasked))).isFalse();
    assertThat(quarantine.enter(List.of(read, unmasked))).isFalse();

    assertThat(quarantine.files())
        .containsExactly(new QuarantinedFile("test/cut/1.png", "It has no mask."));
  }

  @Test
  void soundFilesLeaveTheirHashes() {
    Quarantine quarantine = new Quarantine("nut", 1, 0);

    quarantine.enter(List.of(new FileOutcome("test/good/1.png", "abc", "")));

    assertThat(quarantine.files()).isEmpty();
    assertThat(quarantine.hashes()).containsEntry("test/good/1.png", "abc");
  }
}
