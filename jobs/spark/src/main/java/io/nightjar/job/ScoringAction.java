package io.nightjar.job;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.OutputOptions;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * An action that scores images and writes a folder of results.
 *
 * @param <A> the action itself
 * @param <R> its result
 */
public abstract class ScoringAction<A extends ScoringAction<A, R>, R>
    extends EmbeddingAction<A, R> {
  private Optional<String> out = Optional.empty();
  private boolean overwrite;
  private OutputOptions output = OutputOptions.DEFAULT;

  ScoringAction(SparkSession session) {
    super(session);
  }

  /**
   * Sets the folder for the results.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public A out(String folder) {
    this.out = Optional.of(folder);
    return self();
  }

  /**
   * Replaces the results of a run that {@link #out} already holds.
   *
   * @param replace whether to replace them; otherwise a run into such a folder is refused
   * @return this action
   */
  public A overwrite(boolean replace) {
    this.overwrite = replace;
    return self();
  }

  /**
   * How many images to draw for a category, of each kind that the action draws.
   *
   * @param images at least 0; 0 for none
   * @return this action
   * @throws InvalidInputException if it is negative
   */
  public A visualizations(int images) {
    return options(new OutputOptions(images));
  }

  /**
   * What is drawn.
   *
   * @param options number of visualizations
   * @return this action
   */
  public A options(OutputOptions options) {
    this.output = options;
    return self();
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    out.ifPresent(folder -> given.put("out", folder));
    given.put("overwrite", overwrite);
    given.putAll(output.asMap());
  }

  /**
   * The folder for the results.
   *
   * @throws InvalidInputException with this sentence, if none was named
   */
  final String requireOut(String sentence) {
    return out.orElseThrow(() -> new InvalidInputException(sentence));
  }

  /** The folder of banks, or of one bank, without the version that may be named with it. */
  static String folder(String bank) {
    return BankLocation.parse(bank).uri();
  }

  final boolean overwrite() {
    return overwrite;
  }

  final OutputOptions output() {
    return output;
  }
}
