package io.nightjar.job.options;

import java.util.function.LongSupplier;

/** Receives what a running action reports. Called from several threads, one for each category. */
public interface Progress {

  /** Ignores all reports. */
  Progress SILENT = new Progress() {};

  /**
   * A category enters a stage.
   *
   * @param category the category's name
   * @param stage what is done to what in a few words, such as "embed normal images"
   * @param total how many of those the stage will handle; 0 where nothing measures it
   * @param done how many it has handled so far; may be polled from any thread until the next stage
   *     begins
   */
  default void stage(String category, String stage, long total, LongSupplier done) {}

  /**
   * A category has been evaluated.
   *
   * @param category the category's name
   * @param summary how well, in a few words
   */
  default void finished(String category, String summary) {}

  /**
   * A category could not be evaluated; the others go on.
   *
   * @param category the category's name
   * @param reason a sentence for a person
   */
  default void failed(String category, String reason) {}
}
