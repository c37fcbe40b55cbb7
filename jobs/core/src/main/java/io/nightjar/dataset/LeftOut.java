package io.nightjar.dataset;

import java.io.Serializable;

/**
 * An image that is left out before any file is read, such as one whose mask is ambiguous, or an
 * entry in an image's place that leads nowhere.
 *
 * @param split the part of the category that it belongs to
 * @param relativePath its path below the category, such as {@code test/broken_large/000.png}
 * @param reason what is wrong with it and what to do, in a sentence
 */
public record LeftOut(Split split, String relativePath, String reason) implements Serializable {
  private static final long serialVersionUID = 1L;
}
