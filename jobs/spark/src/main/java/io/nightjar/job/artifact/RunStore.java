package io.nightjar.job.artifact;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.UseRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The store of one run, its keys, and the record of what it uses.
 *
 * @param folder in which the store's own folder is
 * @param changes what is otherwise than in the last such run that used the store, for a person
 * @param keepsEmbeddings whether patch embeddings are kept
 * @param otherNeighbours numbers of neighbours whose distances are kept as well
 * @param keepsCounts whether the counts of test images are kept and taken
 */
public record RunStore(
    String folder,
    ArtifactStore store,
    UseRecord uses,
    EvaluationKeys keys,
    List<String> changes,
    boolean keepsEmbeddings,
    List<Integer> otherNeighbours,
    boolean keepsCounts) {

  /**
   * Opens the store of an evaluation, which is made where it is missing.
   *
   * @param folder a path or URI
   * @param part which one of several evaluations of one action it is, whose changes since its own
   *     last run are reported; empty where it is the whole
   * @param keepsEmbeddings whether patch embeddings are kept
   * @param otherNeighbours numbers of neighbours that later runs ask for, whose distances are kept
   *     as well
   * @param keepsCounts whether the counts of test images are kept and taken
   * @throws io.nightjar.error.InvalidInputException if it cannot be written
   */
  public static RunStore open(
      String folder,
      String part,
      EvaluationKeys keys,
      boolean keepsEmbeddings,
      List<Integer> otherNeighbours,
      boolean keepsCounts,
      Configuration configuration) {
    ArtifactStore store = ArtifactStore.in(folder, configuration);
    store.create();
    Map<String, String> now = keys.describe();
    List<String> changes = ChangedOptions.between(UseRecord.last(store, part), now);
    UseRecord uses = UseRecord.begin(store, now, part);
    return new RunStore(
        folder, store, uses, keys, changes, keepsEmbeddings, otherNeighbours, keepsCounts);
  }

  /**
   * The same for another action, whose options are not those of the store's last evaluation.
   *
   * @param folder a path or URI
   * @param keepsEmbeddings whether patch embeddings are kept
   * @throws io.nightjar.error.InvalidInputException if it cannot be written
   */
  public static RunStore share(
      String folder, EvaluationKeys keys, boolean keepsEmbeddings, Configuration configuration) {
    ArtifactStore store = ArtifactStore.in(folder, configuration);
    store.create();
    UseRecord uses = UseRecord.begin(store, Map.of());
    return new RunStore(folder, store, uses, keys, List.of(), keepsEmbeddings, List.of(), true);
  }

  /** The same store and record with the keys of other options. */
  public RunStore with(EvaluationKeys others) {
    return new RunStore(
        folder, store, uses, others, changes, keepsEmbeddings, otherNeighbours, keepsCounts);
  }

  /**
   * Refuses to keep embeddings without a store.
   *
   * @param keepsEmbeddings whether that is asked for
   * @param store where the store is
   * @throws InvalidInputException if it is, and there is none
   */
  public static void requireFor(boolean keepsEmbeddings, Optional<String> store) {
    if (keepsEmbeddings && store.isEmpty()) {
      throw new InvalidInputException(
          "--keep-embeddings keeps them in a store, and there is none; name one with --reuse.");
    }
  }

  /** Enters an artefact in the record, before it is written or read. */
  void use(Kind kind, ArtifactKey key) throws IOException {
    uses.enter(kind, key);
  }

  /** Enters some artefacts at once. */
  void use(Kind kind, Collection<ArtifactKey> keys) throws IOException {
    uses.enter(kind, keys);
  }
}
