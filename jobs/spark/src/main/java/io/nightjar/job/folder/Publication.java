package io.nightjar.job.folder;

import io.nightjar.io.FolderFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
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
  private static final List<String> LAST =
      List.of(ReportFiles.METRICS_JSON, ReportFiles.SCORE_JSON, ReportFiles.DRIFT_JSON);

  private final FileSystem files;
  private final Path folder;
  private final Path fresh;
  private final Path replaced;
  private final Deque<Move> done = new ArrayDeque<>();

  private record Move(Path from, Path to) {}

  /**
   * @param fresh the new results
   * @param replaced where old ones are moved to
   */
  Publication(FileSystem files, Path folder, Path fresh, Path replaced) {
    this.files = files;
    this.folder = folder;
    this.fresh = fresh;
    this.replaced = replaced;
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
      addNew();
    } catch (IOException | RuntimeException e) {
      undo(e);
      throw e;
    }
  }

  private void removeOld(FolderContents before) throws IOException {
    for (String entry : ordered(before.entries().stream(), LAST, List.of(ReportFiles.RUN_JSON))) {
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
      move(old, HadoopPaths.child(replaced, path));
    } else if (!files.delete(old, true) && files.exists(old)) {
      throw new IOException(Text.format("%s cannot be deleted", old));
    }
  }

  private void addNew() throws IOException {
    Stream<String> names =
        Arrays.stream(files.listStatus(fresh)).map(FileStatus::getPath).map(Path::getName);
    for (String entry : ordered(names, List.of(ReportFiles.RUN_JSON), LAST)) {
      Path target = HadoopPaths.child(folder, entry);
      if (!files.exists(target)) {
        move(HadoopPaths.child(fresh, entry), target);
      } else if (!files.getFileStatus(target).isDirectory()) {
        throw new IOException(
            Text.format("%s was written by something else while the run ran", target));
      } else {
        // A folder with files of a desktop, which stay.
        for (String path : FolderFiles.list(files, HadoopPaths.child(fresh, entry))) {
          String name = entry + "/" + path;
          move(HadoopPaths.child(fresh, name), HadoopPaths.child(folder, name));
        }
      }
    }
  }

  /** Names in an order of their own, some before and some after all others. */
  private static List<String> ordered(Stream<String> names, List<String> first, List<String> last) {
    TreeSet<String> sorted = new TreeSet<>(names.toList());
    return Stream.of(
            first.stream().filter(sorted::contains),
            sorted.stream().filter(name -> !first.contains(name) && !last.contains(name)),
            last.stream().filter(sorted::contains))
        .flatMap(part -> part)
        .toList();
  }

  private void move(Path from, Path to) throws IOException {
    files.mkdirs(to.getParent());
    if (!files.rename(from, to)) {
      throw new IOException(
          Text.format("%s cannot be renamed to %s; check the permissions", from, to));
    }
    done.push(new Move(from, to));
  }

  private void undo(Exception failure) {
    if (ObjectStores.isOne(files)) {
      return;
    }
    while (!done.isEmpty()) {
      Move move = done.pop();
      try {
        if (!files.rename(move.to(), move.from())) {
          failure.addSuppressed(
              new IOException(Text.format("%s could not be moved back", move.to())));
        }
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
