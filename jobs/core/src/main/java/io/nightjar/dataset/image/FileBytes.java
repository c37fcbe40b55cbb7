package io.nightjar.dataset.image;

import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.StorageException;
import io.nightjar.io.StorageRetry;
import io.nightjar.text.Text;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads whole files from any Hadoop file system. */
public final class FileBytes {
  /** Enough for every image of {@link ImageDecoder#MAX_PIXELS}, even uncompressed. */
  static final long MAX_BYTES = 1L << 30;

  private FileBytes() {}

  /**
   * The file's content.
   *
   * @throws UnreadableFileException where the file is absent, empty, larger than 1 GiB or
   *     unreadable
   * @throws StorageException where the storage failed, which is no fault of this file
   */
  public static byte[] read(String uri, Configuration conf) throws UnreadableFileException {
    return open(
        uri,
        conf,
        (in, length) -> {
          byte[] content = new byte[(int) length];
          in.readFully(0, content);
          return content;
        });
  }

  /**
   * Passes an opened file and its length in bytes to the reader, and closes it; several times where
   * the storage fails meanwhile.
   *
   * @throws StorageException where the storage failed, which is no fault of this file
   */
  public static <T> T open(String uri, Configuration conf, Reader<T> reader)
      throws UnreadableFileException {
    try {
      return StorageRetry.of(conf).call("read", uri, () -> once(uri, conf, reader));
    } catch (Refusal e) {
      throw e.reason;
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableFileException(uri, OpenFailure.reason(uri, e), e);
    }
  }

  private static <T> T once(String uri, Configuration conf, Reader<T> reader) throws IOException {
    try {
      Path path = new Path(uri);
      FileSystem fileSystem = PlainFiles.of(path, conf);
      FileStatus status = fileSystem.getFileStatus(path);
      if (status.isDirectory()) {
        throw new UnreadableFileException(uri, "It is a directory, not a file.");
      }
      if (status.getLen() == 0) {
        throw new UnreadableFileException(uri, "The file is empty (0 bytes).");
      }
      if (status.getLen() > MAX_BYTES) {
        throw new UnreadableFileException(
            uri,
            Text.format(
                "The file has %d bytes; images of at most %d are read.",
                status.getLen(), MAX_BYTES));
      }
      try (FSDataInputStream in = fileSystem.open(path)) {
        return reader.read(in, status.getLen());
      }
    } catch (UnreadableFileException e) {
      throw new Refusal(e);
    }
  }

  /** Carries what is wrong with a file past the retries. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient UnreadableFileException reason;

    Refusal(UnreadableFileException reason) {
      super(reason.reason(), reason.getCause());
      this.reason = reason;
    }
  }

  /** Reads an opened file. */
  public interface Reader<T> {
    /** Reads from the file, whose length is in bytes. */
    T read(FSDataInputStream in, long length) throws IOException, UnreadableFileException;
  }
}
