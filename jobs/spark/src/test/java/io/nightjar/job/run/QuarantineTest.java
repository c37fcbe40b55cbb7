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
            new FileOutcome("train/good/4.png", "", "It is no picture.")));

    assertThatThrownBy(quarantine::check)
        .isInstanceOf(CategoryFailedException.class)
        .hasMessageContainingAll(
            "2 of the 100 images", "category nut", "0.01", "train/good/3.png: It is empty.");
  }

  @Test
  void soundFilesLeaveTheirHashes() {
    Quarantine quarantine = new Quarantine("nut", 1, 0);

    quarantine.enter(List.of(new FileOutcome("test/good/1.png", "abc", "")));

    assertThat(quarantine.files()).isEmpty();
    assertThat(quarantine.hashes()).containsEntry("test/good/1.png", "abc");
  }
}
