package io.nightjar.job.folder;

import io.nightjar.io.FolderFiles;
import io.nightjar.io.HadoopPaths;
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

/** Moves entries between folders by renaming them, and remembers what was moved. */
final class FolderMoves {
  private final FileSystem files;
  private final Deque<Move> done = new ArrayDeque<>();

  private record Move(Path from, Path to) {}

  FolderMoves(FileSystem files) {
    this.files = files;
  }

  /** Names in an order of their own, some before and some after all others. */
  static List<String> ordered(Stream<String> names, List<String> first, List<String> last) {
    TreeSet<String> sorted = new TreeSet<>(names.toList());
    return Stream.of(
            first.stream().filter(sorted::contains),
            sorted.stream().filter(name -> !first.contains(name) && !last.contains(name)),
            last.stream().filter(sorted::contains))
        .flatMap(part -> part)
        .toList();
  }

  /**
   * Moves all entries of a folder into another one. A folder that is there already, with files of a
   * desktop, receives what its namesake holds.
   *
   * @param first names of entries that go before all others
   * @param last names of entries that follow all others
   * @throws IOException if a step fails, or a file is there already
   */
  void all(Path from, Path to, List<String> first, List<String> last) throws IOException {
    Stream<String> names =
        Arrays.stream(files.listStatus(from)).map(FileStatus::getPath).map(Path::getName);
    for (String entry : ordered(names, first, last)) {
      Path target = HadoopPaths.child(to, entry);
      if (!files.exists(target)) {
        one(HadoopPaths.child(from, entry), target);
      } else if (!files.getFileStatus(target).isDirectory()) {
        throw written(target);
      } else {
        for (String path : FolderFiles.list(files, HadoopPaths.child(from, entry))) {
          Path file = HadoopPaths.child(to, entry + "/" + path);
          if (files.exists(file)) {
            throw written(file);
          }
          one(HadoopPaths.child(from, entry + "/" + path), file);
        }
      }
    }
  }

  private static IOException written(Path file) {
    return new IOException(Text.format("%s was written by something else while the run ran", file));
  }

  /** Moves one entry. */
  void one(Path from, Path to) throws IOException {
    files.mkdirs(to.getParent());
    if (!files.rename(from, to)) {
      throw new IOException(
          Text.format("%s cannot be renamed to %s; check the permissions", from, to));
    }
    done.push(new Move(from, to));
  }

  /**
   * Moves everything back.
   *
   * @param failure receives what cannot be moved
   */
  void undo(Exception failure) {
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
