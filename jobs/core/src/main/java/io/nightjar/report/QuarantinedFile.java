package io.nightjar.report;

import java.io.Serializable;

/**
 * A file that was left out of the run.
 *
 * @param path where it is, as the user knows it
 * @param reason what is wrong with it, in a sentence
 */
public record QuarantinedFile(String path, String reason) implements Serializable {
  private static final long serialVersionUID = 1L;
}
