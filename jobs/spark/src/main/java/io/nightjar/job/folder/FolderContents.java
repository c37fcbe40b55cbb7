package io.nightjar.job.folder;

import io.nightjar.dataset.listing.FileKinds;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.report.status.StatusFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a folder for results holds.
 *
 * @param entries its own files and folders, by name
 * @param results files that a run's manifest names, by their paths within the folder
 * @param others files that no run has written
 * @param kept files of desktops and file servers, and unfinished ones, which stay where they are
 */
record FolderContents(
    List<String> entries, List<String> results, List<String> others, List<String> kept) {
  /** What a claim, a probe and the work of a run are called. */
  static final String OWN = ".nightjar-";

  /** A file that was being written when its run was killed. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\\.tmp)?");

  /**
   * Looks through a folder, which must exist.
   *
   * @throws IOException if it cannot be listed
   */
  static FolderContents read(FileSystem files, Path folder) throws IOException {
    ResultManifest manifest = ResultManifest.read(files, folder);
    List<String> entries = new ArrayList<>();
    List<String> results = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (FileStatus entry : files.listStatus(folder)) {
      String name = entry.getPath().getName();
      entries.add(name);
      if (isOwn(name) || isStatus(files, entry) || MemberFolders.is(files, entry)) {
        continue;
      }
      List<String> paths = List.of(name);
      if (entry.isDirectory()
          && !isOfDesktop(name)
          && !FolderFiles.isLink(files, entry.getPath())) {
        paths =
            FolderFiles.list(files, entry.getPath()).stream()
                .map(inner -> name + "/" + inner)
                .toList();
      }
      for (String path : paths) {
        if (manifest.lists().test(path)) {
          results.add(path);
        } else if (isKept(path)) {
          kept.add(path);
        } else {
          others.add(path);
        }
      }
    }
    return new FolderContents(entries, results, others, kept);
  }

  /** Whether it is what the last command left of itself, which outlives its results. */
  private static boolean isStatus(FileSystem files, FileStatus entry) {
    try {
      return entry.isFile()
          && entry.getPath().getName().equals(StatusFile.NAME)
          && StatusFile.at(entry.getPath().toString(), files.getConf()).read().isPresent();
    } catch (IOException | InvalidInputException e) {
      return false;
    }
  }

  /** Whether a name is that of the store, which outlives the run. */
  static boolean isStore(String name) {
    return name.equals(ArtifactStore.FOLDER);
  }

  /** Whether a name is one that a run gives to its claim, its work, or the store. */
  static boolean isOwn(String name) {
    return name.startsWith(OWN) || name.startsWith("." + OWN);
  }

  /** Whether a path is that of a file that stays where it is. */
  static boolean isKept(String path) {
    return Arrays.stream(path.split("/"))
        .anyMatch(name -> isOfDesktop(name) || UNFINISHED.matcher(name).matches());
  }

  private static boolean isOfDesktop(String name) {
    return FileKinds.isDesktop(name) || name.startsWith("._");
  }

  /** Whether an entry consists of results alone. */
  boolean isWhole(String entry) {
    return kept.stream().noneMatch(path -> path.startsWith(entry + "/"));
  }

  /** The results that are an entry or lie in it. */
  List<String> resultsOf(String entry) {
    return results.stream()
        .filter(path -> path.equals(entry) || path.startsWith(entry + "/"))
        .toList();
  }
}
