package io.nightjar.job.folder;

import io.nightjar.io.HadoopPaths;
import org.apache.hadoop.fs.Path;

/**
 * The folder that a run writes in until its results are whole, within the folder for the results.
 *
 * @param path {@code .nightjar-} and the run's identifier
 */
record WorkFolder(Path path) {

  /** That of a run. */
  static WorkFolder of(Path folder, String run) {
    return new WorkFolder(HadoopPaths.child(folder, FolderContents.OWN + run));
  }

  /** The new results. */
  Path fresh() {
    return HadoopPaths.child(path, "new");
  }

  /** Old results that were moved aside. */
  Path replaced() {
    return HadoopPaths.child(path, "replaced");
  }
}
