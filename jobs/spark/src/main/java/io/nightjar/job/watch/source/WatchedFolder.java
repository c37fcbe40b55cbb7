package io.nightjar.job.watch.source;

import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.job.watch.ledger.ListedFile;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A folder whose files become batches: the driver's side of the source, which Spark makes of a name
 * alone and which therefore finds it by an identifier. A listing whose new files are more than one
 * batch may hold becomes several, all of which the ledger has before Spark hears of the first.
 */
public final class WatchedFolder implements AutoCloseable {
  private static final Map<String, WatchedFolder> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final FolderLister lister;
  private final Ledger ledger;
  private final int mostFiles;
  private final int cores;
  private final Broadcast<SerializableConfiguration> configuration;
  private final Consumer<Listing> listener;
  private boolean listsNoMore;
  private boolean stopped;

  /**
   * Opens the folder for a source.
   *
   * @param mostFiles of a batch, at least 1
   * @param cores that read and score at once
   * @param configuration of the file systems, for tasks
   * @param listener receives every listing
   */
  public WatchedFolder(
      FolderLister lister,
      Ledger ledger,
      int mostFiles,
      int cores,
      Broadcast<SerializableConfiguration> configuration,
      Consumer<Listing> listener) {
    this.lister = lister;
    this.ledger = ledger;
    this.mostFiles = mostFiles;
    this.cores = cores;
    this.configuration = configuration;
    this.listener = listener;
    OPEN.put(id, this);
  }

  static WatchedFolder of(String id) {
    WatchedFolder folder = OPEN.get(id);
    if (folder == null) {
      throw new IllegalStateException("No folder is watched by the name " + id);
    }
    return folder;
  }

  /**
   * What the source finds the folder by.
   *
   * @return the value of the option {@link FilesSource#WATCH}
   */
  public String id() {
    return id;
  }

  /** No batch begins any more; those that have been listed are the next watch's. */
  public synchronized void stop() {
    stopped = true;
  }

  /** Lists once more, and never again. */
  synchronized void listLast() {
    if (!listsNoMore) {
      list();
      listsNoMore = true;
    }
  }

  /**
   * The number of batches that may be scored now.
   *
   * @param begun the number of those that have been begun
   * @return the same, or one more
   */
  synchronized int next(int begun) {
    if (begun > ledger.listedBatches()) {
      throw new IllegalStateException(
          Text.format(
              "Spark has begun %d batches of %s, and the watch knows of %d: its files are older than"
                  + " Spark's checkpoint. Begin with a new folder.",
              begun, root(), ledger.listedBatches()));
    }
    if (stopped) {
      return begun;
    }
    if (ledger.listedBatches() == begun && !listsNoMore) {
      list();
    }
    return Math.min(begun + 1, ledger.listedBatches());
  }

  private void list() {
    Listing listing = lister.list();
    listener.accept(listing);
    List<ListedFile> wanted = listing.files().stream().filter(ledger::wants).toList();
    for (int from = 0; from < wanted.size(); from += mostFiles) {
      ledger.append(wanted.subList(from, Math.min(from + mostFiles, wanted.size())));
    }
  }

  List<ListedFile> files(int from, int to) {
    List<ListedFile> files = new ArrayList<>();
    for (int batch = from; batch < to; batch++) {
      files.addAll(ledger.files(batch));
    }
    return files;
  }

  int cores() {
    return cores;
  }

  Path root() {
    return lister.root();
  }

  Broadcast<SerializableConfiguration> configuration() {
    return configuration;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
