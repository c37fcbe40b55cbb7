package io.nightjar.job.folder;

import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Replaces the results in a folder by those that were written aside. The document that says that
 * results are complete goes first and comes last; {@code run.json}, which names the files, comes
 * before them.
 *
 * <p>Where a rename is one change of the namespace, old results are moved aside as well, and what
 * was moved is moved back where a step fails. On an object store a rename is a copy within the
 * store: old results are deleted, new ones copied, and where that breaks off, the new ones remain
 * aside, complete.
 */
final class Publication {
  /** Each says that the results next to it are complete. */
  static final List<String> LAST =
      List.of(
          ReportFiles.METRICS_JSON,
          ReportFiles.SCORE_JSON,
          ReportFiles.DRIFT_JSON,
          ReportFiles.COMPARE_JSON);

  private final FileSystem files;
  private final Path folder;
  private final WorkFolder work;
  private final FolderMoves moves;

  /**
   * @param work has the new results, and receives the old ones
   */
  Publication(FileSystem files, Path folder, WorkFolder work) {
    this.files = files;
    this.folder = folder;
    this.work = work;
    this.moves = new FolderMoves(files);
  }

  /**
   * Replaces them.
   *
   * @param before what the folder holds
   * @throws IOException if a step fails; the old results are there again, or, on an object store,
   *     the new ones still aside
   */
  void run(FolderContents before) throws IOException {
    try {
      removeOld(before);
      moves.all(work.fresh(), folder, List.of(ReportFiles.RUN_JSON), LAST);
    } catch (IOException | RuntimeException e) {
      if (!ObjectStores.isOne(files)) {
        moves.undo(e);
      }
      throw e;
    }
  }

  private void removeOld(FolderContents before) throws IOException {
    for (String entry :
        FolderMoves.ordered(before.entries().stream(), LAST, List.of(ReportFiles.RUN_JSON))) {
      List<String> results = before.resultsOf(entry);
      if (!results.isEmpty() && before.isWhole(entry)) {
        remove(entry);
      } else {
        for (String path : results) {
          remove(path);
        }
      }
    }
  }

  private void remove(String path) throws IOException {
    Path old = HadoopPaths.child(folder, path);
    if (!ObjectStores.isOne(files)) {
      moves.one(old, HadoopPaths.child(work.replaced(), path));
    } else if (!files.delete(old, true) && files.exists(old)) {
      throw new IOException(Text.format("%s cannot be deleted", old));
    }
  }
}
