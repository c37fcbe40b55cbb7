package io.nightjar.job;

import java.util.function.LongSupplier;

/** What a running action tells a person. Called from several threads, one for each category. */
public interface Progress {

  /** A progress that nobody watches. */
  Progress SILENT = new Progress() {};

  /**
   * A category enters a stage.
   *
   * @param category the category's name
   * @param stage a word or two, such as "embed train"
   * @param total images the stage will handle; 0 where images do not measure it
   * @param done images handled so far; may be polled from any thread until the next stage begins
   */
  default void stage(String category, String stage, long total, LongSupplier done) {}

  /** A category has been evaluated; {@code summary} says how well in a few words. */
  default void finished(String category, String summary) {}

  /** A category could not be evaluated, for the reason given. */
  default void failed(String category, String reason) {}
}
