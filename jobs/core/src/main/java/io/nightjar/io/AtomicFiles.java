package io.nightjar.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Small files that are created and replaced atomically. */
public interface AtomicFiles {

  /**
   * Creates a file that must not exist. On a local disk it appears with all of its content; on HDFS
   * it is empty for a moment, and for good where its writer is killed meanwhile.
   *
   * @param content that no one else writes there, where several may try
   * @throws java.nio.file.FileAlreadyExistsException or {@link
   *     org.apache.hadoop.fs.FileAlreadyExistsException} if it does
   */
  void create(Path path, byte[] content) throws IOException;

  /** Replaces a file, or creates it: readers see all of the old content or all of the new one. */
  void replace(Path path, byte[] content) throws IOException;

  /**
   * By what a file is known as it is now, for {@link #replaceUnchanged}.
   *
   * @return nothing where the storage knows no such thing
   */
  default Optional<String> tag(Path path) throws IOException {
    return Optional.empty();
  }

  /**
   * Replaces a file like {@link #replace}, and where the storage can only as long as it is as it
   * was.
   *
   * @param tag what {@link #tag} has given
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if it has changed
   */
  default void replaceUnchanged(Path path, Optional<String> tag, byte[] content)
      throws IOException {
    replace(path, content);
  }

  /** The implementation for a file system. */
  static AtomicFiles of(FileSystem fileSystem, Configuration configuration) {
    if (fileSystem instanceof RawLocalFileSystem local) {
      return new Local(local);
    }
    return ObjectStores.isOne(fileSystem)
        ? new ObjectStore(fileSystem)
        : new Renaming(fileSystem, configuration);
  }

  /**
   * POSIX: a rename replaces atomically, and a second name for a finished file is refused where the
   * name is taken. A file system without such names, as on many memory cards, shows a file that is
   * created before its content.
   */
  record Local(RawLocalFileSystem fileSystem) implements AtomicFiles {

    @Override
    public void create(Path path, byte[] content) throws IOException {
      java.nio.file.Path target = fileSystem.pathToFile(path).toPath();
      Files.createDirectories(target.getParent());
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      java.nio.file.Path finished = fileSystem.pathToFile(temporary(path)).toPath();
      write(finished, content);
      try {
        Files.createLink(target, finished);
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (FileSystemException | UnsupportedOperationException e) {
        write(target, content);
      } finally {
        Files.deleteIfExists(finished);
      }
    }

    private static void write(java.nio.file.Path target, byte[] content) throws IOException {
      OutputStream out = // what exists is refused here, and stays
          Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (out) {
        out.write(content);
      } catch (IOException e) {
        // On a full disk, say; half a file would be taken for a whole one.
        Files.deleteIfExists(target);
        throw e;
      }
    }

    @Override
    public void replace(Path path, byte[] content) throws IOException {
      java.nio.file.Path target = fileSystem.pathToFile(path).toPath();
      java.nio.file.Path finished = fileSystem.pathToFile(temporary(path)).toPath();
      Files.createDirectories(target.getParent());
      write(finished, content);
      try {
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(finished);
        throw e;
      }
    }
  }

  /**
   * HDFS and similar file systems: a rename that overwrites is one atomic change of the namespace.
   */
  record Renaming(FileSystem fileSystem, Configuration configuration) implements AtomicFiles {

    @Override
    public void create(Path path, byte[] content) throws IOException {
      FSDataOutputStream out =
          context(path)
              .create(path, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent());
      try (out) {
        out.write(content);
      } catch (IOException e) {
        fileSystem.delete(path, false);
        throw e;
      }
    }

    @Override
    public void replace(Path path, byte[] content) throws IOException {
      Path temporary = temporary(path);
      create(temporary, content);
      context(path).rename(temporary, path, Options.Rename.OVERWRITE);
    }

    private FileContext context(Path path) throws IOException {
      return FileContext.getFileContext(fileSystem.makeQualified(path).toUri(), configuration);
    }
  }

  /**
   * Object stores: an object appears with its last byte, and a rename would be a copy. Creation is
   * by a {@link ConditionalPut} where the client has it; elsewhere it checks for the object first:
   * of two writers that do so at the same moment, the later one wins.
   */
  record ObjectStore(FileSystem fileSystem) implements AtomicFiles {
    @Override
    public void create(Path path, byte[] content) throws IOException {
      if (ConditionalPut.isOffered(fileSystem, path)) {
        ConditionalPut.create(fileSystem, path, content);
      } else {
        write(path, content, false);
      }
    }

    @Override
    public Optional<String> tag(Path path) throws IOException {
      return ConditionalPut.tag(fileSystem, path);
    }

    @Override
    public void replaceUnchanged(Path path, Optional<String> tag, byte[] content)
        throws IOException {
      if (tag.isEmpty()) {
        replace(path, content);
      } else if (tag.get().isEmpty()) {
        ConditionalPut.create(fileSystem, path, content);
      } else {
        ConditionalPut.replace(fileSystem, path, tag.get(), content);
      }
    }

    @Override
    public void replace(Path path, byte[] content) throws IOException {
      write(path, content, true);
    }

    private void write(Path path, byte[] content, boolean overwrite) throws IOException {
      try (FSDataOutputStream out = fileSystem.create(path, overwrite)) {
        out.write(content);
      }
    }
  }

  private static Path temporary(Path path) {
    String hidden = path.getName().startsWith(".") ? path.getName() : "." + path.getName();
    return new Path(path.getParent(), hidden + "." + UUID.randomUUID());
  }
}
