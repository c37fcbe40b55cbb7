package io.nightjar.dataset.listing;

import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.StorageException;
import io.nightjar.io.StorageRetry;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Lists folders of one file system concurrently, since an object store answers slowly. A folder is
 * listed once, however often it is asked for, and all its entries go into the {@link Inventory}.
 */
public final class FolderListing implements AutoCloseable {
  private static final int THREADS = 16;

  private final FileSystem fileSystem;
  private final Configuration configuration;
  private final Path root;
  private final Inventory inventory;
  private final Map<Path, List<Entry>> visible = new HashMap<>();
  private final Map<Path, String> real = new HashMap<>();
  private final ExecutorService threads;

  /** What one folder holds. */
  private record Content(List<Entry> entries, String real) {}

  /** Starts the threads that list; close it to end them. */
  public FolderListing(DataFolder folder) {
    this.fileSystem = folder.fileSystem();
    this.configuration = folder.fileSystem().getConf();
    this.root = folder.path();
    this.inventory = new Inventory(root);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "nightjar-listing");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The folder that the user named. */
  public Path root() {
    return root;
  }

  /** Everything that was listed, and what became of it. */
  public Inventory inventory() {
    return inventory;
  }

  /** The entries of a folder, as {@link #list(Collection)} gives them. */
  public List<Entry> list(Path folder) {
    return list(List.of(folder)).get(folder);
  }

  /**
   * The entries of each folder that are neither hidden nor of a desktop, sorted by name.
   *
   * @throws InvalidInputException if a folder cannot be listed, or holds a name that cannot be
   *     expressed
   */
  public Map<Path, List<Entry>> list(Collection<Path> folders) {
    Map<Path, Future<Content>> pending = new LinkedHashMap<>();
    for (Path folder : folders) {
      if (!visible.containsKey(folder)) {
        pending.computeIfAbsent(folder, missing -> threads.submit(() -> entries(missing)));
      }
    }
    pending.forEach((folder, content) -> enter(folder, await(folder, content)));
    Map<Path, List<Entry>> found = new LinkedHashMap<>();
    folders.forEach(folder -> found.put(folder, visible.get(folder)));
    return found;
  }

  /**
   * A file's content.
   *
   * @throws UnreadableFileException if it cannot be read
   */
  public byte[] content(Path file) throws UnreadableFileException {
    return FileBytes.read(file.toString(), configuration);
  }

  /** Reads one file. */
  public interface FileReader<T> {
    /** What of the file is wanted. */
    T read(Path file);
  }

  /** Reads files on the threads that list, since an object store answers slowly. */
  public <T> Map<Path, T> read(Collection<Path> files, FileReader<T> reader) {
    Map<Path, Future<T>> pending = new LinkedHashMap<>();
    files.forEach(file -> pending.put(file, threads.submit(() -> reader.read(file))));
    Map<Path, T> content = new LinkedHashMap<>();
    pending.forEach((file, result) -> content.put(file, await(file, result)));
    return content;
  }

  /** At most so many bytes of a file from its start; none where it cannot be read. */
  public byte[] firstBytes(Path file, int most) {
    try {
      return FileBytes.open(
          file.toString(),
          configuration,
          (in, length) -> {
            byte[] start = new byte[(int) Math.min(length, most)];
            in.readFully(0, start);
            return start;
          });
    } catch (UnreadableFileException e) {
      return new byte[0];
    }
  }

  /** Where a listed folder is when all links are followed. */
  String real(Path folder) {
    return real.get(folder);
  }

  private void enter(Path folder, Content content) {
    inventory.found(folder, content.entries());
    real.put(folder, content.real());
    visible.put(
        folder,
        content.entries().stream().filter(entry -> !FileKinds.isPassedOver(entry.name())).toList());
    UnnameableFiles.refuse(folder, visible.get(folder));
  }

  private Content entries(Path folder) throws IOException {
    boolean local = fileSystem instanceof RawLocalFileSystem;
    List<Entry> entries =
        (local ? LocalFolder.entries(folder).stream() : remote(folder))
            .sorted(Comparator.comparing(Entry::name))
            .toList();
    return new Content(entries, local ? LocalFolder.real(folder) : folder.toString());
  }

  private Stream<Entry> remote(Path folder) throws IOException {
    FileStatus[] found =
        StorageRetry.of(configuration)
            .call("listed", folder.toString(), () -> fileSystem.listStatus(folder));
    return Stream.of(found).map(FolderListing::entry);
  }

  private static Entry entry(FileStatus status) {
    return Entry.of(status.getPath(), status.isDirectory() ? Entry.Kind.FOLDER : Entry.Kind.FILE);
  }

  private static <T> T await(Path folder, Future<T> content) {
    try {
      return content.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new InterruptedIOException("Interrupted while listing " + folder));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof StorageException failure) {
        throw failure;
      }
      if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
        throw new InvalidInputException(
            Text.format("The folder %s vanished while the data set was listed; try again.", folder),
            cause);
      }
      String reason =
          cause instanceof AccessDeniedException ? "permission denied" : cause.getMessage();
      throw new InvalidInputException(
          Text.format(
              "The folder %s cannot be listed: %s. Check its rights and the connection.",
              folder, reason),
          cause);
    }
  }

  /** The folders among the entries. */
  public static List<Path> folders(List<Entry> entries) {
    return entries.stream().filter(Entry::isFolder).map(Entry::path).toList();
  }

  /** The folder of this name among the entries, or none. */
  public static List<Path> folderNamed(String name, List<Entry> entries) {
    return folders(entries).stream().filter(folder -> folder.getName().equals(name)).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
