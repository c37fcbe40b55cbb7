package io.nightjar.report.history;

import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;

/** What a listing says of the content of a file. */
final class FileStamp {
  private FileStamp() {}

  /** Length and time of the last change, and the store's own tag where it has one. */
  static String of(FileStatus file) {
    String tag =
        file instanceof EtagSource source && source.getEtag() != null ? source.getEtag() : "";
    return file.getLen() + ":" + file.getModificationTime() + ":" + tag.replace("\"", "");
  }
}
