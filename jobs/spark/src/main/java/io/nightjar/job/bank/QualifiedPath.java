package io.nightjar.job.bank;

import java.util.Optional;

/** The path of an image among those of several categories: {@code <category>/<path>}. */
final class QualifiedPath {
  private QualifiedPath() {}

  /** The path of a category's image among those of several. */
  static String of(String category, String path) {
    return category + "/" + path;
  }

  /** The category that a qualified path names. */
  static String category(String qualified) {
    return qualified.substring(0, Math.max(0, qualified.indexOf('/')));
  }

  /** The path below the category; empty where it belongs to another one. */
  static Optional<String> within(String category, String qualified) {
    return qualified.startsWith(category + "/")
        ? Optional.of(qualified.substring(category.length() + 1))
        : Optional.empty();
  }
}
