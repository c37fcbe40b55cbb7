package io.nightjar.io;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder below {@code java.io.tmpdir} that is this process's alone: created by it, with access
 * for its user only, and removed when it ends. What a process leaves that was killed is removed by
 * the next one of the same user.
 */
public final class ProcessFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);
  private static final String PREFIX = "nightjar-process-";

  /** Locked for as long as the process lives, wherever it runs. */
  private static final String LOCK = ".lock";

  /** A younger folder may be one whose process has not locked it yet. */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  /** ONNX Runtime makes such a folder, and removes the files in it but not the folder. */
  private static final String OF_ONNX_RUNTIME = "onnxruntime-java";

  private static final Path MAPS = Path.of("/proc/self/maps");

  /** Loaded with this class: when the process ends, its class loader may be closed. */
  private static final FileVisitor<Path> REMOVAL = new Removal();

  private ProcessFolder() {}

  /**
   * The folder.
   *
   * @throws InvalidInputException if {@code java.io.tmpdir} cannot be written
   */
  public static Path get() {
    return Holder.FOLDER;
  }

  /** A new, empty folder in it. */
  static Path create(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, PREFIX); // with access for its owner only
    removeStale(parent, Files.getOwner(folder), Instant.now().minus(YOUNG));
    return folder;
  }

  /** Keeps others from removing a folder. */
  static FileLock lock(Path folder) throws IOException {
    return FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        .lock();
  }

  /** Removes the folders of processes that have ended, if they are a user's and older. */
  static void removeStale(Path parent, UserPrincipal user, Instant before) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(before)
            && isFree(folder.resolve(LOCK))) {
          remove(folder);
        }
      }
    } catch (IOException e) {
      LOG.debug("Folders of processes that have ended cannot be removed", e);
    }
  }

  private static boolean isFree(Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (IOException | RuntimeException e) { // absent, or locked by this process
      return false;
    }
  }

  /** Removes a folder and what is in it; links in it are removed and not followed. */
  static void remove(Path folder) throws IOException {
    Files.walkFileTree(folder, REMOVAL);
  }

  /** Folders that libraries in this process were loaded from and that would stay. */
  private static Set<Path> ofLibraries() {
    Set<Path> folders = new TreeSet<>();
    if (Files.isReadable(MAPS)) {
      try (Stream<String> mappings = Files.lines(MAPS)) {
        mappings
            .filter(mapping -> mapping.contains("/" + OF_ONNX_RUNTIME))
            .map(mapping -> Path.of(mapping.substring(mapping.indexOf('/'))).getParent())
            .filter(folder -> folder.getFileName().toString().startsWith(OF_ONNX_RUNTIME))
            .forEach(folders::add);
      } catch (IOException | UncheckedIOException e) {
        LOG.debug("The files that are mapped cannot be listed", e);
      }
    }
    return folders;
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
        throws IOException {
      Files.deleteIfExists(visited);
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Holder {
    static final Path FOLDER = open();

    /** Held until the process ends. */
    @SuppressWarnings("UnusedVariable")
    private static FileLock lock;

    private static Path open() {
      Path parent = Path.of(System.getProperty("java.io.tmpdir"));
      try {
        Path folder = create(parent);
        lock = lock(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(folder), "nightjar-folder"));
        return folder;
      } catch (IOException e) {
        throw new InvalidInputException(
            Text.format(
                "The folder for temporary files, %s, cannot be written (%s); name another with"
                    + " -Djava.io.tmpdir.",
                parent, e.getMessage()),
            e);
      }
    }

    private static void close(Path folder) {
      Set<Path> all = ofLibraries();
      all.add(folder);
      for (Path each : all) {
        try {
          if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
            remove(each);
          }
        } catch (IOException e) {
          LOG.debug("{} cannot be removed", each, e);
        }
      }
    }
  }
}
