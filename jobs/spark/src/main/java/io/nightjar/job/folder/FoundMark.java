package io.nightjar.job.folder;

import io.nightjar.io.BoundedFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of a claim, as it was read.
 *
 * @param mark that it holds; empty where there is none, or none that is known
 * @param isUnfinished whether it ends before a mark does
 */
record FoundMark(Optional<RunMark> mark, boolean isUnfinished) {
  private static final int MOST_BYTES = 1 << 20;

  static FoundMark read(FileSystem files, Path path) throws IOException {
    try {
      byte[] content = BoundedFiles.read(files, path, MOST_BYTES);
      return new FoundMark(RunMark.read(content), RunMark.isUnfinished(content));
    } catch (FileNotFoundException e) {
      return new FoundMark(Optional.empty(), false);
    }
  }
}
