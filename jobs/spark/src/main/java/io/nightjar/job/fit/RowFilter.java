package io.nightjar.job.fit;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * Images of a pass whose rows are written.
 *
 * @param all whether all are
 * @param paths otherwise, those that are
 */
public record RowFilter(boolean all, HashSet<String> paths) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The rows of all images. */
  public static final RowFilter ALL = new RowFilter(true, new HashSet<>());

  /** The rows of the images of these paths. */
  public static RowFilter of(Set<String> paths) {
    return new RowFilter(false, new HashSet<>(paths));
  }

  boolean includes(String path) {
    return all || paths.contains(path);
  }
}
