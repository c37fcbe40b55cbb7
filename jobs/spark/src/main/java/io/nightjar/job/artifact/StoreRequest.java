package io.nightjar.job.artifact;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.run.ExecutorSurvey;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What an evaluation is asked to keep from run to run, and where.
 *
 * @param folder in which the store is; empty where nothing is kept or taken
 * @param embeddings whether patch embeddings of normal images are kept
 * @param otherNeighbours numbers of neighbours whose distances are kept as well
 * @param counts whether the counts of test images are kept and taken
 * @param part of a run that the evaluation is, such as the member of an ensemble; empty for all of
 *     it
 */
public record StoreRequest(
    Optional<String> folder,
    boolean embeddings,
    List<Integer> otherNeighbours,
    boolean counts,
    String part) {
  /** Nothing is kept. */
  public static final StoreRequest NONE =
      new StoreRequest(Optional.empty(), false, List.of(), true, "");

  /** Copies the numbers. */
  public StoreRequest {
    otherNeighbours = List.copyOf(otherNeighbours);
  }

  /** In another folder. */
  public StoreRequest in(String place) {
    return new StoreRequest(Optional.of(place), embeddings, otherNeighbours, counts, part);
  }

  /** With or without embeddings. */
  public StoreRequest withEmbeddings(boolean keep) {
    return new StoreRequest(folder, keep, otherNeighbours, counts, part);
  }

  /** With the distances for other numbers of neighbours. */
  public StoreRequest withOtherNeighbours(List<Integer> numbers) {
    return new StoreRequest(folder, embeddings, numbers, counts, part);
  }

  /** With or without counts. */
  public StoreRequest withCounts(boolean keep) {
    return new StoreRequest(folder, embeddings, otherNeighbours, keep, part);
  }

  /** As a part of a run. */
  public StoreRequest ofPart(String name) {
    return new StoreRequest(folder, embeddings, otherNeighbours, counts, name);
  }

  /**
   * Opens the store, which is made where it is missing.
   *
   * @param options of the evaluation
   * @param executors say what computes
   * @return empty where nothing is kept
   * @throws io.nightjar.error.InvalidInputException if it cannot be written
   */
  public Optional<RunStore> open(
      BackboneModel model,
      EvaluationOptions options,
      ExecutorSurvey executors,
      Configuration configuration) {
    return folder.map(
        place ->
            RunStore.open(
                place,
                part,
                new EvaluationKeys(model, options, executors),
                embeddings,
                otherNeighbours.stream()
                    .filter(other -> other != options.search().neighbours())
                    .toList(),
                counts,
                configuration));
  }
}
