package io.nightjar.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, with permissions set through Java. Without its native library, which
 * few machines have, Hadoop 3.3.4 starts the program {@code chmod} for every file that it creates:
 * some 30 processes an evaluation. Used where {@link #PROPERTY} names this class.
 */
public final class NioLocalFileSystem extends LocalFileSystem {
  /** The Hadoop property that names the class for {@code file:}. */
  public static final String PROPERTY = "fs.file.impl";

  private static final int STICKY = 01000;

  /** Creates the file system; Hadoop initialises it. */
  public NioLocalFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if ((permission.toShort() & STICKY) != 0
          || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        super.setPermission(path, permission);
        return;
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permission.toString()));
    }
  }
}
