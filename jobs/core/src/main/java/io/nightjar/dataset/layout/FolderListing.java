package io.nightjar.dataset.layout;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Lists folders of one file system concurrently, since an object store answers slowly. */
public final class FolderListing implements AutoCloseable {
  private static final int THREADS = 16;

  private final FileSystem fileSystem;
  private final ExecutorService threads;

  /** Starts the threads that list; close it to end them. */
  public FolderListing(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "nightjar-listing");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The entries of each folder, without hidden ones, sorted by name. */
  public Map<Path, List<FileStatus>> list(Collection<Path> folders) {
    Map<Path, Future<List<FileStatus>>> pending = new LinkedHashMap<>();
    for (Path folder : folders) {
      pending.put(folder, threads.submit(() -> visible(folder)));
    }
    Map<Path, List<FileStatus>> found = new LinkedHashMap<>();
    pending.forEach((folder, entries) -> found.put(folder, await(folder, entries)));
    return found;
  }

  /** The images in a folder and in all folders below it. */
  List<Path> imagesBelow(Path folder) {
    List<Path> images = new ArrayList<>();
    List<Path> level = List.of(folder);
    while (!level.isEmpty()) {
      List<Path> deeper = new ArrayList<>();
      for (List<FileStatus> entries : list(level).values()) {
        images.addAll(images(entries));
        deeper.addAll(folders(entries));
      }
      level = deeper;
    }
    return images;
  }

  private List<FileStatus> visible(Path folder) throws IOException {
    return Stream.of(fileSystem.listStatus(folder))
        .filter(entry -> !ImageFiles.isHidden(entry.getPath().getName()))
        .sorted(Comparator.comparing(entry -> entry.getPath().getName()))
        .toList();
  }

  private static List<FileStatus> await(Path folder, Future<List<FileStatus>> entries) {
    try {
      return entries.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new InterruptedIOException("Interrupted while listing " + folder));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FileNotFoundException) {
        throw new InvalidInputException(
            Text.format("The folder %s vanished while the data set was listed; try again.", folder),
            e.getCause());
      }
      throw new InvalidInputException(
          Text.format(
              "The folder %s cannot be listed: %s. Check its rights and the connection.",
              folder, e.getCause().getMessage()),
          e.getCause());
    }
  }

  /** The folders among the entries. */
  public static List<Path> folders(List<FileStatus> entries) {
    return entries.stream().filter(FileStatus::isDirectory).map(FileStatus::getPath).toList();
  }

  /** The folder of this name among the entries, or none. */
  public static List<Path> folderNamed(String name, List<FileStatus> entries) {
    return folders(entries).stream().filter(folder -> folder.getName().equals(name)).toList();
  }

  static List<Path> images(List<FileStatus> entries) {
    List<Path> images = new ArrayList<>();
    for (FileStatus entry : entries) {
      if (!entry.isDirectory() && ImageFiles.isImage(entry.getPath().getName())) {
        images.add(entry.getPath());
      }
    }
    return images;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
