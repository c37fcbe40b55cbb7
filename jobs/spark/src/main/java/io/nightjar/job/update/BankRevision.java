package io.nightjar.job.update;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.job.run.BuildInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Publishes the next version of a bank with the same components: without some images, and with some
 * more. Only files that hold a leaving image are written anew, on the executors.
 */
public record BankRevision(
    JavaSparkContext spark, StoredBank bank, Broadcast<SerializableConfiguration> configuration) {

  /**
   * Publishes the next version of a bank.
   *
   * @param leaving names of the images that leave
   * @param added files with the rows of those that come
   * @param sources where all images come from
   */
  public BankManifest publish(
      Set<String> leaving, List<WrittenRows> added, List<String> sources, String note) {
    List<WrittenRows> rows = new ArrayList<>(without(leaving));
    rows.addAll(added);
    BankManifest next =
        bank.manifest()
            .next(
                rows,
                bank.manifest().pca(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                BuildInfo.creator(),
                sources,
                note);
    new BankPublisher(bank.location().uri(), configuration.value().value()).publish(next);
    return next;
  }

  private List<WrittenRows> without(Set<String> leaving) {
    List<WrittenRows> files = bank.rowFiles();
    if (leaving.isEmpty()) {
      return files;
    }
    String folder = bank.location().uri();
    int dimension = bank.manifest().dimension();
    Broadcast<SerializableConfiguration> shared = configuration;
    ArrayList<String> dropped = new ArrayList<>(leaving);
    return spark
        .parallelize(files, Math.min(files.size(), 4 * spark.defaultParallelism()))
        .flatMap(
            file ->
                RowFiles.without(
                        folder, file, Set.copyOf(dropped), dimension, shared.value().value())
                    .stream()
                    .iterator())
        .collect();
  }
}
