package io.nightjar.report.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The folders of runs below a folder, at any depth. An object store gives all names below it in
 * pages of one listing; elsewhere folder by folder is listed, and neither those that a run fills
 * with its results nor hidden ones and symbolic links are looked into. The members of an ensemble
 * are parts of its run, and none of their own.
 */
final class FoundRuns {
  private static final String RUNNING = ".nightjar-running";
  private static final Set<String> MARKS =
      Set.of(ReportFiles.RUN_JSON, ReportFiles.METRICS_JSON, ReportFiles.SCORE_JSON, RUNNING);

  /** Folders that a run makes, none of which holds another run. */
  private static final Set<String> OF_A_RUN =
      Set.of(
          "maps",
          "metrics",
          "scores",
          "pictures",
          "submission",
          "masks",
          "reasons",
          "regions",
          ReportFiles.CURVES,
          ReportFiles.SAMPLES,
          ReportFiles.DISTRIBUTIONS);

  /** The folder of an ensemble that its members are in. */
  private static final String MEMBERS = "members";

  private final FileSystem files;
  private final Path root;
  private final Map<String, Map<String, FileStatus>> marks = new TreeMap<>();

  private FoundRuns(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * All folders that hold a run of {@code evaluate} or {@code metrics}, or part of one, by path.
   *
   * @throws InvalidInputException if there is no such folder, or it cannot be listed
   */
  static List<FoundRun> below(String location, Configuration configuration) {
    try {
      Path given = HadoopPaths.parse(location);
      FileSystem files = PlainFiles.of(given, configuration);
      FoundRuns folders = new FoundRuns(files, files.makeQualified(given));
      if (ObjectStores.isOne(files)) {
        folders.listAll();
      } else {
        folders.walk();
      }
      return folders.found();
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          Text.format("There is no folder %s; --runs names a folder of finished runs.", location),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The runs in %s cannot be listed: %s", location, e);
    }
  }

  private void listAll() throws IOException {
    String prefix = root.toUri().getPath().replaceFirst("/+$", "") + "/";
    RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      String path = file.getPath().toUri().getPath();
      if (path.startsWith(prefix)) {
        add(path.substring(prefix.length()), file);
      }
    }
  }

  private void walk() throws IOException {
    Deque<String> pending = new ArrayDeque<>(List.of(""));
    while (!pending.isEmpty()) {
      String folder = pending.pop();
      Path place = folder.isEmpty() ? root : HadoopPaths.child(root, folder);
      for (FileStatus entry : children(place, folder.isEmpty())) {
        String name = entry.getPath().getName();
        String path = folder.isEmpty() ? name : folder + "/" + name;
        if (!entry.isDirectory()) {
          add(path, entry);
        } else if (isLookedInto(name) && !FolderFiles.isLink(files, entry.getPath())) {
          pending.push(path);
        }
      }
    }
  }

  /** A folder may be removed while others are listed; the one that was named must be there. */
  private FileStatus[] children(Path folder, boolean isRoot) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException e) {
      if (isRoot) {
        throw e;
      }
      return new FileStatus[0];
    }
  }

  private void add(String path, FileStatus file) {
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    if (MARKS.contains(name) && Arrays.stream(folder.split("/")).allMatch(this::isLookedInto)) {
      marks.computeIfAbsent(folder, f -> new HashMap<>()).put(name, file);
    }
  }

  private boolean isLookedInto(String name) {
    return !name.startsWith(".") && !OF_A_RUN.contains(name);
  }

  /** Whether a folder is in {@code members/} of that of a run. */
  private boolean isMember(String folder) {
    List<String> names = List.of(folder.split("/"));
    int members = names.size() - 2;
    return members >= 0
        && names.get(members).equals(MEMBERS)
        && marks.containsKey(String.join("/", names.subList(0, members)));
  }

  private List<FoundRun> found() {
    return marks.entrySet().stream()
        // A finished run of score is a run of another kind.
        .filter(
            folder ->
                folder.getValue().containsKey(ReportFiles.METRICS_JSON)
                    || !folder.getValue().containsKey(ReportFiles.SCORE_JSON))
        .filter(folder -> !isMember(folder.getKey()))
        .map(
            folder ->
                new FoundRun(
                    folder.getKey().isEmpty() ? root : HadoopPaths.child(root, folder.getKey()),
                    folder.getKey(),
                    Optional.ofNullable(folder.getValue().get(ReportFiles.RUN_JSON)),
                    Optional.ofNullable(folder.getValue().get(ReportFiles.METRICS_JSON)),
                    folder.getValue().containsKey(RUNNING)))
        .toList();
  }
}
