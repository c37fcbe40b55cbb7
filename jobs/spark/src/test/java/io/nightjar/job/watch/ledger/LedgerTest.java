package io.nightjar.job.watch.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final ListedFile A = new ListedFile("a.png", 10, 1000);
  private static final ListedFile B = new ListedFile("sub/b.png", 20, 2000);

  @TempDir private Path folder;
  private FileSystem files;

  @BeforeEach
  void open() throws IOException {
    RawLocalFileSystem local = new RawLocalFileSystem();
    local.initialize(folder.toUri(), CONFIGURATION);
    files = local;
  }

  private Ledger ledger() {
    return ledger(1000);
  }

  private Ledger ledger(int fewestBatches) {
    return Ledger.open(
        files, new org.apache.hadoop.fs.Path(folder.toUri()), fewestBatches, CONFIGURATION);
  }

  private static FileEntry entry(ListedFile file, Outcome outcome, String sha256) {
    RowValues values =
        outcome == Outcome.SCORED
            ? new RowValues(
                0.1f,
                1 / 3f,
                0.3,
                64,
                48,
                0.1f,
                7e-38f,
                2,
                0.05,
                "anomalous",
                RowValues.bytes(new float[] {1 / 3f, Float.MIN_VALUE, 12345.678f}))
            : null;
    return new FileEntry(
        file, outcome, outcome == Outcome.SCORED ? "" : "A reason.", sha256, values);
  }

  private static BatchRecord record(int batch, FileEntry... entries) {
    return new BatchRecord(1, batch, "bottle", 3, 5000, 1, 3, true, List.of(entries));
  }

  @Test
  void aBatchIsRememberedFromItsListingOn() {
    Ledger first = ledger();
    assertThat(first.wants(A)).isTrue();
    first.append(List.of(A, B));

    Ledger second = ledger();

    assertThat(second.listedBatches()).isEqualTo(1);
    assertThat(second.scoredBatches()).isZero();
    assertThat(second.files(0)).containsExactly(A, B);
    assertThat(second.wants(A)).isFalse();
    assertThat(second.record(0)).isEmpty();
  }

  @Test
  void aRecordIsReadWithEveryBit() {
    Ledger first = ledger();
    first.append(List.of(A));
    first.enter(record(0, entry(A, Outcome.SCORED, "aa")));

    BatchRecord read = ledger().record(0).orElseThrow();

    RowValues values = read.files().get(0).values();
    assertThat((float) values.mapMax()).isEqualTo(1 / 3f);
    assertThat((float) values.top3()).isEqualTo(7e-38f);
    assertThat(values.distances()).containsExactly(1 / 3f, Float.MIN_VALUE, 12345.678f);
    assertThat(read.rows()).hasSize(1);
    assertThat(read.bankVersion()).isEqualTo(3);
  }

  @Test
  void onlyAnotherVersionOfAFileThatWasReadIsWanted() {
    Ledger ledger = ledger();
    ledger.append(List.of(A, B));
    ledger.enter(record(0, entry(A, Outcome.SCORED, "aa"), entry(B, Outcome.QUARANTINED, "bb")));

    for (Ledger one : List.of(ledger, ledger())) {
      assertThat(one.wants(A)).isFalse();
      assertThat(one.wants(B)).isFalse();
      assertThat(one.wants(new ListedFile("a.png", 11, 1000))).isTrue();
      assertThat(one.wants(new ListedFile("a.png", 10, 1001))).isTrue();
      assertThat(one.hasRow("a.png", "aa")).isTrue();
      assertThat(one.hasRow("a.png", "ab")).isFalse();
      assertThat(one.hasRow("sub/b.png", "bb")).as("never scored").isFalse();
    }
  }

  @Test
  void aFileThatWasNotReadIsWantedAgain() {
    for (Outcome outcome : List.of(Outcome.GONE, Outcome.CHANGED, Outcome.MISSING)) {
      Ledger ledger = ledger();
      int batch = ledger.scoredBatches();
      ledger.append(List.of(A));
      ledger.enter(record(batch, entry(A, outcome, "")));

      assertThat(ledger.wants(A)).as(outcome.id()).isTrue();
      assertThat(ledger().wants(A)).as(outcome.id()).isTrue();
    }
  }

  @Test
  void aSnapshotReplacesTheBatchesBeforeIt() {
    Ledger ledger = ledger(3);
    List<ListedFile> all = new ArrayList<>();
    for (int batch = 0; batch < 11; batch++) {
      ListedFile file = new ListedFile(Text.format("%d.png", batch), 1, batch);
      all.add(file);
      ledger.append(List.of(file));
      ledger.enter(record(batch, entry(file, Outcome.SCORED, "of" + batch)));
    }
    ListedFile open = new ListedFile("open.png", 1, 1);
    ledger.append(List.of(open));

    // Before batches 3, 6 and 9 entered; each deletes those before.
    assertThat(folder.resolve("known").toFile().list()).containsExactly("9.json");
    assertThat(folder.resolve("scored").toFile().list())
        .containsExactlyInAnyOrder("9.json", "10.json");
    Ledger again = ledger(3);
    assertThat(again.scoredBatches()).isEqualTo(11);
    assertThat(again.listedBatches()).isEqualTo(12);
    assertThat(again.totals()).isEqualTo(new Totals(11, 0, 0, 0, 0, 0, 11));
    assertThat(all).noneMatch(again::wants);
    assertThat(again.hasRow("0.png", "of0")).isTrue();
    assertThat(again.wants(open)).isFalse();
    assertThatThrownBy(() -> again.record(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Batch 2 was scored long ago");
  }

  @Test
  void aGapIsRefused() throws IOException {
    Ledger ledger = ledger();
    for (int batch = 0; batch < 3; batch++) {
      ledger.append(List.of(new ListedFile(batch + ".png", 1, batch)));
    }
    Files.delete(folder.resolve("listed/1.json"));

    assertThatThrownBy(this::ledger)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lacks its file listed/1.json");
  }

  @Test
  void batchesAreEnteredInTheirOrder() {
    Ledger ledger = ledger();
    ledger.append(List.of(A));

    assertThatThrownBy(() -> ledger.enter(record(1, entry(A, Outcome.GONE, ""))))
        .isInstanceOf(IllegalStateException.class);
  }
}
