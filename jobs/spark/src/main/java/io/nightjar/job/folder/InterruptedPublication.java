package io.nightjar.job.folder;

import io.nightjar.io.FolderFiles;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run left that was killed while it replaced results. The order of {@link Publication} shows
 * how far it had come: as long as none of its own files is in its place, the old results are
 * restored; after that, its own, which were complete, are moved to their places.
 *
 * @param work the folder that it worked in
 * @param old its files with old results
 * @param rest its files with new results
 */
record InterruptedPublication(WorkFolder work, List<String> old, List<String> rest) {
  private static final Logger LOG = LoggerFactory.getLogger(InterruptedPublication.class);

  /** A run's first file in its place; {@code drift} writes no other. */
  private static final List<String> FIRST = List.of(ReportFiles.RUN_JSON, ReportFiles.DRIFT_JSON);

  /**
   * The interrupted publications in a folder, of runs that are dead or, where the folder is not
   * claimed by the caller, alive.
   *
   * @throws IOException if the folder cannot be listed
   */
  static List<InterruptedPublication> find(FileSystem files, Path folder) throws IOException {
    List<InterruptedPublication> found = new ArrayList<>();
    for (FileStatus entry : entries(files, folder)) {
      if (entry.isDirectory() && FolderContents.isOwn(entry.getPath().getName())) {
        WorkFolder work = new WorkFolder(entry.getPath());
        InterruptedPublication left =
            new InterruptedPublication(
                work,
                FolderFiles.list(files, work.replaced()),
                FolderFiles.list(files, work.fresh()));
        if (!left.old.isEmpty() || left.isBeingAdded(files, folder)) {
          found.add(left);
        }
      }
    }
    return found;
  }

  private static FileStatus[] entries(FileSystem files, Path folder) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  /** Whether some of the new results are in their places and the others are not. */
  private boolean isBeingAdded(FileSystem files, Path folder) throws IOException {
    if (rest.isEmpty() || FIRST.stream().anyMatch(rest::contains)) {
      return false;
    }
    Predicate<String> lists = ResultManifest.read(files, folder).lists();
    return rest.stream().allMatch(lists);
  }

  /**
   * Restores the old results or completes the new ones. What it left is removed. Killed in turn,
   * this can be begun again.
   *
   * @param out what the folder was named
   * @throws IOException if a file cannot be moved; nothing is lost then
   */
  void settle(FileSystem files, Path folder, String out) throws IOException {
    if (rest.isEmpty()) {
      LOG.warn(
          "A run was killed after it had replaced the results in {}; the old ones, which it had"
              + " moved aside, are removed",
          out);
    } else if (FIRST.stream().anyMatch(rest::contains)) {
      new FolderMoves(files).all(work.replaced(), folder, List.of(), Publication.LAST);
      LOG.warn(
          "A run was killed while it replaced the results in {}; those from before are restored",
          out);
    } else if (isBeingAdded(files, folder)) {
      new FolderMoves(files).all(work.fresh(), folder, List.of(), Publication.LAST);
      LOG.warn("A run was killed while it moved its results to {}; they are complete now", out);
    } else {
      throw new IOException(
          Text.format(
              "a run was killed while it replaced the results; those from before are in %s and the"
                  + " rest of its own in %s. Move what you need from there, and remove %s",
              work.replaced(), work.fresh(), work.path()));
    }
    files.delete(work.path(), true);
  }
}
