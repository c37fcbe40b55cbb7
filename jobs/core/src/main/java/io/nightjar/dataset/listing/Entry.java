package io.nightjar.dataset.listing;

import org.apache.hadoop.fs.Path;

/**
 * What a folder holds under one name.
 *
 * @param path its full path
 * @param kind what it is; a link is what it leads to
 * @param real for a link, where it leads to on the local file system; empty for all others
 * @param fault why it cannot be used, in a sentence; empty where it can
 */
public record Entry(Path path, Kind kind, String real, String fault) {
  /** What an entry is. */
  public enum Kind {
    /** A file. */
    FILE,
    /** A folder. */
    FOLDER,
    /** Neither: a link that leads nowhere, a device, an entry that may not be looked at. */
    UNUSABLE,
    /** Something whose name this process cannot express. */
    UNNAMEABLE
  }

  static Entry of(Path path, Kind kind) {
    return new Entry(path, kind, "", "");
  }

  /** Its own name, without its folders. */
  public String name() {
    return path.getName();
  }

  /** Whether it is a file that can be opened, as far as is known. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** Whether it is a link to something else. */
  public boolean isLink() {
    return !real.isEmpty();
  }
}
