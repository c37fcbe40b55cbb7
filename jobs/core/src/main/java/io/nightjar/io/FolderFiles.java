package io.nightjar.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists what lies in a folder, at any depth. A symbolic link in it is an entry and is not followed:
 * what is behind it does not lie in the folder.
 */
public final class FolderFiles {
  /** No result lies deeper. */
  private static final int DEPTH = 16;

  private FolderFiles() {}

  /**
   * The paths of all files relative to the folder, sorted; none where there is no folder.
   *
   * @throws IOException if one of its folders cannot be listed
   */
  public static List<String> list(FileSystem files, Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    Deque<String> pending = new ArrayDeque<>(List.of(""));
    while (!pending.isEmpty()) {
      String prefix = pending.pop();
      for (FileStatus entry : children(files, folder, prefix)) {
        String path = prefix + entry.getPath().getName();
        if (!entry.isDirectory() || isLink(files, entry.getPath())) {
          found.add(path);
        } else if (path.chars().filter(c -> c == '/').count() < DEPTH) {
          pending.push(path + "/");
        }
      }
    }
    Collections.sort(found);
    return found;
  }

  /** Whether an entry of a folder is a symbolic link, which Hadoop itself does not report. */
  public static boolean isLink(FileSystem files, Path entry) {
    if (!files.getUri().getScheme().equals("file")) {
      return false;
    }
    try {
      return Files.isSymbolicLink(java.nio.file.Path.of(entry.toUri().getPath()));
    } catch (InvalidPathException e) {
      return true; // a name that this process cannot express, behind which it cannot look
    }
  }

  private static FileStatus[] children(FileSystem files, Path folder, String prefix)
      throws IOException {
    Path path =
        prefix.isEmpty()
            ? folder
            : HadoopPaths.child(folder, prefix.substring(0, prefix.length() - 1));
    try {
      return files.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
