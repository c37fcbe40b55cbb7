package io.nightjar.job.update;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.job.run.RunContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Publishes the next version of a bank with the same components: without some images, and with some
 * more. Only files that hold a removed image are written again, on the executors.
 */
public record BankRevision(RunContext run, StoredBank bank) {

  /**
   * Publishes the next version of a bank.
   *
   * @param removed names of the images that are removed
   * @param added files with the rows of those that are added
   * @param sources where all images come from
   * @param inputs what became of every entry that was found for those that are added
   */
  public BankManifest publish(
      Set<String> removed,
      List<WrittenRows> added,
      List<BankManifest.Source> sources,
      Optional<Ledger> inputs,
      String note) {
    List<WrittenRows> rows = new ArrayList<>(without(removed));
    rows.addAll(added);
    BankManifest next =
        bank.manifest()
            .next(
                rows,
                bank.manifest().pca(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                BuildInfo.creator(),
                sources,
                inputs,
                note);
    new BankPublisher(bank.location().uri(), run.hadoop()).publish(next);
    return next;
  }

  private List<WrittenRows> without(Set<String> removed) {
    List<WrittenRows> files = bank.rowFiles();
    if (removed.isEmpty()) {
      return files;
    }
    String folder = bank.location().uri();
    int dimension = bank.manifest().dimension();
    Broadcast<SerializableConfiguration> shared = run.configuration();
    ArrayList<String> dropped = new ArrayList<>(removed);
    return run.spark()
        .parallelize(files, run.partitionsOf(files.size()))
        .flatMap(
            file ->
                RowFiles.without(
                        folder, file, Set.copyOf(dropped), dimension, shared.value().value())
                    .stream()
                    .iterator())
        .collect();
  }
}
