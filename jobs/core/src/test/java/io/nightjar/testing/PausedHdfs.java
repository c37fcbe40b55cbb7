package io.nightjar.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * The client of HDFS, which stops once in the middle of a file: when its first bytes have reached
 * every DataNode that keeps the block, and before the others are sent.
 */
public final class PausedHdfs extends DistributedFileSystem {
  private record Pause(Pattern path, Runnable action) {}

  private static final AtomicReference<Pause> NEXT = new AtomicReference<>();

  /**
   * Does something while the next file is written that a regular expression matches.
   *
   * @param path matches all of the file's path
   */
  public static void whenWriting(String path, Runnable action) {
    NEXT.set(new Pause(Pattern.compile(path), action));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream out =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    Pause pause = NEXT.get();
    boolean isMet =
        pause != null
            && pause.path().matcher(path.toUri().getPath()).matches()
            && NEXT.compareAndSet(pause, null);
    return isMet ? new FSDataOutputStream(new Paused(out, pause.action()), null) : out;
  }

  private static final class Paused extends FilterOutputStream {
    private final FSDataOutputStream file;
    private final Runnable action;
    private boolean isBegun;

    Paused(FSDataOutputStream file, Runnable action) {
      super(file);
      this.file = file;
      this.action = action;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (isBegun || length < 2) {
        file.write(bytes, from, length);
        return;
      }
      isBegun = true;
      file.write(bytes, from, length / 2);
      file.hflush();
      action.run();
      file.write(bytes, from + length / 2, length - length / 2);
    }
  }
}
