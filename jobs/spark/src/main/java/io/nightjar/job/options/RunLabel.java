package io.nightjar.job.options;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Set;

/**
 * What a run's figures mean.
 *
 * @param title of the report
 * @param warnings what a reader must know before reading any figure
 * @param notComparable why the figures must not be compared with published ones, in a sentence;
 *     empty where they may
 */
public record RunLabel(String title, List<String> warnings, String notComparable) {

  /** Layouts that a copy of MVTec AD may be in. */
  private static final Set<String> MAY_BE_MVTEC_AD = Set.of("", "mvtec-ad", LayoutChoice.MANIFEST);

  /**
   * Keeps a copy of the warnings.
   *
   * @param title of the report
   * @param warnings what a reader must know before reading any figure
   * @param notComparable the reason in a sentence; empty where figures are comparable
   */
  public RunLabel {
    warnings = List.copyOf(warnings);
  }

  /**
   * Whether the figures may be compared with published ones.
   *
   * @return false if {@link #notComparable} gives a reason
   */
  public boolean comparable() {
    return notComparable.isEmpty();
  }

  /**
   * The same for a data set: the figures of one that is in another layout than MVTec AD's are not
   * compared with those of MVTec AD.
   *
   * @param found the data set
   * @return this label, or one that says why there is nothing to compare with
   */
  public RunLabel of(Catalogue found) {
    boolean other = !MAY_BE_MVTEC_AD.contains(found.layout());
    return comparable() && other
        ? new RunLabel(
            title,
            warnings,
            Text.format(
                "The data set was read as %s; the published results are those of MVTec AD.",
                found.description()))
        : this;
  }

  /**
   * Published results to compare with.
   *
   * @return those of MVTec AD, or none with the reason
   */
  public Comparison comparison() {
    return comparable()
        ? Comparison.with(PublishedResults.mvtecAdPixelAuprc())
        : Comparison.none(notComparable);
  }

  /**
   * The label of an evaluation with pretrained weights on a user's data.
   *
   * @return a label without warnings, comparable with published results
   */
  public static RunLabel pretrained() {
    return new RunLabel("Anomaly detection evaluation", List.of(), "");
  }

  /**
   * The label of measured maps of another program.
   *
   * @return a label without warnings, comparable with published results
   */
  public static RunLabel maps() {
    return new RunLabel("Anomaly maps measured", List.of(), "");
  }

  /**
   * The label of scores of unlabelled images.
   *
   * @return a label without warnings
   */
  public static RunLabel scores() {
    return new RunLabel("Images scored", List.of(), "");
  }
}
