package io.nightjar.job.folder;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** The folder of the evaluations of an ensemble's members, within that of the ensemble. */
public final class MemberFolders {
  private static final String NAME = "members";

  private MemberFolders() {}

  /**
   * The folder of a member's evaluation.
   *
   * @return its path within the folder of the ensemble
   */
  public static String of(String member) {
    return NAME + "/" + member;
  }

  /**
   * Whether an entry is this folder, with nothing but folders of runs in it: it is kept as the
   * store is, and each run in it is replaced by a run of the same member.
   *
   * @throws IOException if it cannot be listed
   */
  static boolean is(FileSystem files, FileStatus entry) throws IOException {
    if (!entry.isDirectory() || !entry.getPath().getName().equals(NAME)) {
      return false;
    }
    for (FileStatus member : files.listStatus(entry.getPath())) {
      boolean isOfRun =
          member.isDirectory()
              ? FolderContents.read(files, member.getPath()).others().isEmpty()
              : FolderContents.isKept(member.getPath().getName());
      if (!isOfRun) {
        return false;
      }
    }
    return true;
  }
}
