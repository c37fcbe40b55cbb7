package io.nightjar.job.watch.source;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FileKinds;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.StorageRetry;
import io.nightjar.job.watch.ledger.ListedFile;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists a folder with all folders below it, with the length and the time of each file: by one
 * recursive listing on an object store, and folder by folder elsewhere. What is hidden or of a
 * desktop is passed over, as everywhere, and so is what no one would take for an image.
 */
public final class FolderLister {
  private static final Comparator<ListedFile> OLDEST_FIRST =
      Comparator.comparingLong(ListedFile::modified).thenComparing(ListedFile::path);

  private final FileSystem files;
  private final Path root;
  private final Configuration configuration;

  /**
   * A folder, which must exist.
   *
   * @param location a path or URI
   * @param configuration names the file systems
   * @throws InvalidInputException if there is no such folder
   */
  public FolderLister(String location, Configuration configuration) {
    DataFolder folder = DataFolder.open(location, configuration);
    this.files = folder.fileSystem();
    this.root = folder.path();
    this.configuration = configuration;
  }

  /**
   * The folder.
   *
   * @return with its scheme
   */
  public Path root() {
    return root;
  }

  /**
   * Lists the folder.
   *
   * @return every file at most once
   * @throws InvalidInputException if the folder is gone
   */
  public Listing list() {
    List<FileStatus> found = new ArrayList<>();
    try {
      StorageRetry.of(configuration)
          .call(
              "listed",
              root.toString(),
              () -> {
                found.clear();
                if (ObjectStores.isOne(files)) {
                  addAll(found);
                } else {
                  walk(found);
                }
                return null;
              });
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          Text.format("The folder %s is gone; make it again, and start the watch again.", root), e);
    } catch (IOException e) {
      throw new UncheckedIOException(Text.format("The folder %s cannot be listed", root), e);
    }
    return sorted(found);
  }

  private void addAll(List<FileStatus> found) throws IOException {
    RemoteIterator<? extends FileStatus> all = files.listFiles(root, true);
    while (all.hasNext()) {
      FileStatus file = all.next();
      if (!isPassedOver(relative(file.getPath()))) {
        found.add(file);
      }
    }
  }

  private void walk(List<FileStatus> found) throws IOException {
    Set<String> reached = new HashSet<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      Path folder = folders.remove();
      FileStatus[] entries;
      try {
        if (!reached.add(real(folder))) {
          continue;
        }
        entries = files.listStatus(folder);
      } catch (FileNotFoundException | NoSuchFileException e) {
        if (folder.equals(root)) {
          throw new FileNotFoundException(root.toString());
        }
        continue; // moved away since its own folder was listed
      }
      for (FileStatus entry : entries) {
        if (FileKinds.isPassedOver(entry.getPath().getName())) {
          continue;
        }
        if (entry.isDirectory()) {
          folders.add(entry.getPath());
        } else {
          found.add(entry);
        }
      }
    }
  }

  /** So that links that lead in a circle end. */
  private String real(Path folder) throws IOException {
    return files instanceof RawLocalFileSystem
        ? Paths.get(folder.toUri().getPath()).toRealPath().toString()
        : folder.toString();
  }

  private static boolean isPassedOver(String relative) {
    for (String name : relative.split("/", -1)) {
      if (FileKinds.isPassedOver(name)) {
        return true;
      }
    }
    return false;
  }

  private Listing sorted(List<FileStatus> found) {
    Set<String> stems = new HashSet<>();
    for (FileStatus file : found) {
      String path = relative(file.getPath());
      if (ImageFiles.isImage(HadoopPaths.name(path))) {
        stems.add(ImageFiles.stem(path));
      }
    }
    List<ListedFile> images = new ArrayList<>();
    List<ListedFile> empty = new ArrayList<>();
    for (FileStatus status : found) {
      String path = relative(status.getPath());
      if (!isWanted(path, stems)) {
        continue;
      }
      ListedFile file = new ListedFile(path, status.getLen(), status.getModificationTime());
      (file.length() == 0 ? empty : images).add(file);
    }
    images.sort(OLDEST_FIRST);
    empty.sort(OLDEST_FIRST);
    return new Listing(List.copyOf(images), List.copyOf(empty));
  }

  /** A preview next to an image that is read is no image of its own. */
  private static boolean isWanted(String path, Set<String> stems) {
    String name = HadoopPaths.name(path);
    return ImageFiles.isImage(name)
        || (FileKinds.unreadImageType(name).isPresent() && !stems.contains(ImageFiles.stem(path)));
  }

  private String relative(Path file) {
    String folder = root.toUri().getPath();
    String path = file.toUri().getPath();
    return path.substring(folder.endsWith("/") ? folder.length() : folder.length() + 1);
  }
}
