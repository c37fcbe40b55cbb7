package io.nightjar.job.options;

import java.util.Map;

/** Receives what a running action reports. Called from several threads, one for each category. */
public interface Progress {

  /** Ignores all reports. */
  Progress SILENT = new Progress() {};

  /** The folder for the results is this action's alone, until it ends. */
  default void claimed() {}

  /**
   * The action goes on with a part of itself that works on all categories again, such as a member
   * of an ensemble; what is reported from now on is of this part.
   *
   * @param name of the part
   * @param number of the part, from 1
   * @param parts how many there are
   */
  default void part(String name, int number, int parts) {}

  /**
   * The action begins to work on categories.
   *
   * @param images how many images each of them has, by its name
   */
  default void begins(Map<String, Integer> images) {}

  /**
   * A category enters a stage.
   *
   * @param category the category's name
   * @param work what the stage does, and how far it is
   */
  default void stage(String category, StageWork work) {}

  /**
   * Files of a category were left out.
   *
   * @param category the category's name
   * @param files how many so far, all together
   */
  default void leftOut(String category, int files) {}

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
