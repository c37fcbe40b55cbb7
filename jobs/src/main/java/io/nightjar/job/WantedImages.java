package io.nightjar.job;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * Images of a pass whose rows are written.
 *
 * @param all whether all are
 * @param paths otherwise, those that are
 */
record WantedImages(boolean all, HashSet<String> paths) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final WantedImages ALL = new WantedImages(true, new HashSet<>());

  static WantedImages of(Set<String> paths) {
    return new WantedImages(false, new HashSet<>(paths));
  }

  boolean holds(String path) {
    return all || paths.contains(path);
  }
}
