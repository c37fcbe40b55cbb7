package io.nightjar.report.comparison;

import io.nightjar.metric.compare.Pairing;
import io.nightjar.metric.compare.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * One category in both runs.
 *
 * @param category its name
 * @param verdict on it
 * @param images which images were paired; empty where a run does not say what each image was
 *     counted as
 * @param figures those that the category has in either run
 * @param changes of single images, the largest first
 * @param stages how long its stages took
 * @param notes sentences that the verdict cannot be understood without, such as why it failed
 */
public record CategoryComparison(
    String category,
    Verdict verdict,
    Optional<Pairing> images,
    List<FigureComparison> figures,
    List<ImageChange> changes,
    List<StageSeconds> stages,
    List<String> notes) {
  /**
   * Takes unchangeable copies.
   *
   * @param category its name
   * @param verdict on it
   * @param images which images were paired; empty where a run does not say what each image was
   *     counted as
   * @param figures those that the category has in either run
   * @param changes of single images, the largest first
   * @param stages how long its stages took
   * @param notes sentences that the verdict cannot be understood without, such as why it failed
   */
  public CategoryComparison {
    figures = List.copyOf(figures);
    changes = List.copyOf(changes);
    stages = List.copyOf(stages);
    notes = List.copyOf(notes);
  }

  /** A category without a result in one of the runs, or in both. */
  static CategoryComparison failed(String category, String reason) {
    return new CategoryComparison(
        category,
        Verdict.FAILED,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(reason));
  }

  /**
   * The figures that decide on the verdict.
   *
   * @return empty where the category has no result in one of the runs
   */
  public List<FigureComparison> deciding() {
    return figures.stream().filter(FigureComparison::decides).toList();
  }
}
