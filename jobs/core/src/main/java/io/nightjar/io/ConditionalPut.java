package io.nightjar.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Uploads that the store itself refuses where an object exists ({@code If-None-Match: *}), or where
 * it has changed ({@code If-Match}), for clients that have them, such as S3A of Hadoop 3.5. S3
 * tests the condition and writes in one step; other stores may test it before, or ignore it.
 */
public final class ConditionalPut {
  /** Hadoop's {@code FS_OPTION_CREATE_CONDITIONAL_OVERWRITE}, which Hadoop 3.3 does not have. */
  static final String OPTION = "fs.option.create.conditional.overwrite";

  /** Hadoop's option for an object that has not changed, by its {@link EtagSource}. */
  static final String UNCHANGED = OPTION + ".etag";

  /** A condition that does not hold, and a conflict with another upload at the same moment. */
  private static final Pattern REFUSED = Pattern.compile("Status Code: (412|409)\\b");

  private ConditionalPut() {}

  private interface Condition {
    void addTo(FSDataOutputStreamBuilder<?, ?> upload);
  }

  /** Whether the client of a store makes such uploads. */
  public static boolean isOffered(FileSystem files, Path path) throws IOException {
    return files.hasPathCapability(files.makeQualified(path), OPTION);
  }

  /**
   * Begins an upload; the object appears, or is refused, when the stream is closed.
   *
   * @throws IllegalArgumentException if the client does not offer it
   */
  public static FSDataOutputStream open(FileSystem files, Path path) throws IOException {
    return open(files, path, upload -> upload.must(OPTION, true));
  }

  private static FSDataOutputStream open(FileSystem files, Path path, Condition condition)
      throws IOException {
    FSDataOutputStreamBuilder<?, ?> upload = files.createFile(path);
    upload.create();
    upload.overwrite(false);
    upload.recursive();
    condition.addTo(upload);
    return upload.build();
  }

  /**
   * Creates an object.
   *
   * @param content that no one else writes there
   * @throws FileAlreadyExistsException if it exists
   */
  static void create(FileSystem files, Path path, byte[] content) throws IOException {
    // The client no longer looks, and a store that ignores the condition would replace the object.
    if (files.exists(path)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    put(files, path, content, upload -> upload.must(OPTION, true));
  }

  private static void put(FileSystem files, Path path, byte[] content, Condition condition)
      throws IOException {
    try (FSDataOutputStream out = open(files, path, condition)) {
      out.write(content);
    } catch (IOException e) {
      if (!ChangedObject.isBehind(e, REFUSED)) {
        throw e;
      }
      // An upload whose answer was lost is repeated by the client, and then refused.
      if (!holds(files, path, content)) {
        throw (IOException) new FileAlreadyExistsException(path.toString()).initCause(e);
      }
    }
  }

  /**
   * By what an object is known as it is now.
   *
   * @return an empty text where it is absent; nothing where the client has no such uploads
   */
  static Optional<String> tag(FileSystem files, Path path) throws IOException {
    if (!files.hasPathCapability(files.makeQualified(path), UNCHANGED)) {
      return Optional.empty();
    }
    try {
      return files.getFileStatus(path) instanceof EtagSource source
          ? Optional.ofNullable(source.getEtag())
          : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.of("");
    }
  }

  /**
   * Replaces an object that is still as it was.
   *
   * @param tag by which it was known
   * @throws FileAlreadyExistsException if it has changed
   */
  static void replace(FileSystem files, Path path, String tag, byte[] content) throws IOException {
    put(files, path, content, upload -> upload.must(UNCHANGED, tag));
  }

  private static boolean holds(FileSystem files, Path path, byte[] content) throws IOException {
    try (InputStream in = files.open(path)) {
      return Arrays.equals(in.readNBytes(content.length + 1), content);
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
