package io.nightjar.job.artifact;

import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.UseRecord;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * The store of one run, its keys, and the record of what it uses.
 *
 * @param folder in which the store's own folder is
 */
public record RunStore(String folder, ArtifactStore store, UseRecord uses, EvaluationKeys keys) {

  /**
   * Opens a store, which is made where it is missing.
   *
   * @param folder a path or URI
   * @throws io.nightjar.error.InvalidInputException if it cannot be written
   */
  public static RunStore open(String folder, EvaluationKeys keys, Configuration configuration) {
    ArtifactStore store = ArtifactStore.in(folder, configuration);
    return new RunStore(folder, store, UseRecord.begin(store), keys);
  }

  /** Enters an artefact in the record, before it is written or read. */
  void use(Kind kind, ArtifactKey key) throws IOException {
    uses.enter(kind, key);
  }
}
