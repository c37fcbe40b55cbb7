package io.nightjar.job.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.SampleBanks;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next version of a bank shares the files that did not change with the one before. */
class BankRevisionTest {
  @TempDir private Path folder;

  private StoredBank open(int version) {
    return StoredBank.open(
        BankLocation.current(folder.toString()).at(version), SampleBanks.CONFIGURATION);
  }

  private Optional<WrittenRows> without(WrittenRows file, String... paths) {
    return RowFiles.without(
        folder.toString(), file, Set.of(paths), SampleBanks.DIMENSION, SampleBanks.CONFIGURATION);
  }

  private void publish(BankManifest parent, List<WrittenRows> rows) {
    new BankPublisher(folder.toString(), SampleBanks.CONFIGURATION)
        .publish(
            parent.next(
                rows,
                parent.pca(),
                "2026-02-22T10:00:00Z",
                "nightjar",
                parent.sources(),
                Optional.empty(),
                ""));
  }

  @Test
  void removingAnImageRemovesItsRowsAlone() {
    BankManifest first = SampleBanks.publish(folder, OptionalInt.empty());
    List<WrittenRows> rows = new ArrayList<>();
    open(1).rowFiles().forEach(file -> without(file, "a.png").ifPresent(rows::add));

    publish(first, rows);

    assertThat(open(2).memoryBank().blocks())
        .containsExactly(SampleBanks.image("b.png").values(), SampleBanks.image("c.png").values());
    assertThat(open(2).manifest().files().get(0)).isNotEqualTo(first.files().get(0));
    assertThat(open(2).manifest().files().get(1)).isEqualTo(first.files().get(1));
    assertThat(open(1).memoryBank().rows()).isEqualTo(3 * SampleBanks.PATCHES);
  }

  @Test
  void aFileWithoutImagesIsLeftOut() {
    SampleBanks.publish(folder, OptionalInt.empty());
    List<WrittenRows> files = open(1).rowFiles();

    assertThat(without(files.get(1), "c.png")).isEmpty();
    assertThat(without(files.get(0), "c.png")).containsSame(files.get(0));
  }

  @Test
  void newRowsFollowTheOldOnes() {
    BankManifest first = SampleBanks.publish(folder, OptionalInt.empty());
    List<WrittenRows> rows = new ArrayList<>(open(1).rowFiles());
    rows.add(
        RowFiles.write(
            folder.toString(),
            2,
            List.of(SampleBanks.image("d.png")),
            SampleBanks.DIMENSION,
            SampleBanks.CONFIGURATION));

    publish(first, rows);

    BankManifest second = open(2).manifest();
    assertThat(second.parent()).hasValue(1);
    assertThat(second.files().subList(0, 2)).isEqualTo(first.files());
    assertThat(open(2).memoryBank().blocks().get(3))
        .containsExactly(SampleBanks.image("d.png").values());
  }
}
