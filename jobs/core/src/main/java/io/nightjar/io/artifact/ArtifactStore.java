package io.nightjar.io.artifact;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.Sha256;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of artefacts on any Hadoop file system. A file appears whole or not at all: by a rename
 * or, on an object store, by one PUT. Several runs may share a store at once: what they write under
 * one name has one content.
 */
public final class ArtifactStore {
  /** The store's folder within the folder of a run. */
  public static final String FOLDER = ".nightjar-store";

  static final String MARK = "store.json";
  static final String USES = "uses";

  private static final int FORMAT = 1;
  private static final String SUFFIX = ".bin";

  /** What stores hold, each in a folder of its own. */
  public enum Kind {
    /** A category's figures with the maps that they come from: a file. */
    FIGURES("figures", SUFFIX),
    /** Patch distances of test images to one bank: a folder of files. */
    DISTANCES("distances", ""),
    /** Counts of batches of test images, by what they were counted with: a folder of files. */
    COUNTS("counts", ""),
    /** Counts of all test images of the run that was the last to count any: a file. */
    COUNTED("counted", SUFFIX),
    /** What the inspection found of files: a folder of files. */
    INSPECTIONS("inspections", ""),
    /** Patch embeddings of one image: a file. */
    EMBEDDINGS("embeddings", SUFFIX),
    /** The covariance of the patches of a chunk of normal images: a file. */
    COVARIANCES("covariances", SUFFIX),
    /** A memory bank: a folder as {@code build-bank} writes it. */
    BANKS("banks", "");

    private final String folder;
    private final String suffix;

    Kind(String folder, String suffix) {
      this.folder = folder;
      this.suffix = suffix;
    }

    /** The path of an artefact within a store. */
    public String path(ArtifactKey key) {
      return folder + "/" + key.hex() + suffix;
    }

    /** Whether a path is one that this kind's artefacts have. */
    boolean has(String path) {
      return path.startsWith(folder + "/")
          && path.endsWith(suffix)
          && path.length() > folder.length() + suffix.length()
          && ArtifactKey.isHex(
              path.substring(folder.length() + 1, path.length() - suffix.length()));
    }
  }

  private record Mark(int formatVersion, String holds) {}

  private final FileSystem files;
  private final AtomicFiles atomic;
  private final Path root;

  private ArtifactStore(FileSystem files, AtomicFiles atomic, Path root) {
    this.files = files;
    this.atomic = atomic;
    this.root = root;
  }

  /**
   * A store, which need not exist yet; nothing is read or written.
   *
   * @param folder in which the store's own folder is, such as that of a run: a path or URI
   * @throws InvalidInputException if its file system cannot be reached
   */
  public static ArtifactStore in(String folder, Configuration configuration) {
    try {
      Path path = new Path(HadoopPaths.child(folder, FOLDER));
      FileSystem files = PlainFiles.of(path, configuration);
      return new ArtifactStore(
          files, AtomicFiles.of(files, configuration), files.makeQualified(path));
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The store in %s cannot be used: %s", folder, e);
    }
  }

  /** The store's own folder as a qualified URI. */
  public String uri() {
    return root.toString();
  }

  /** An artefact's path as a qualified URI. */
  public String uri(Kind kind, ArtifactKey key) {
    return HadoopPaths.child(root, kind.path(key)).toString();
  }

  /**
   * Makes the store where it is missing.
   *
   * @throws InvalidInputException if its folder holds something else, is of a newer format, or
   *     cannot be written
   */
  public void create() {
    try {
      if (!exists()) {
        byte[] mark =
            (Json.indented(new Mark(FORMAT, "artefacts of nightjar")) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        atomic.replace(path(MARK), mark);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The store %s cannot be written: %s. Name another folder with --reuse, or --reuse none.",
              root, PlaceFault.of(root.toString(), e).reason()),
          e);
    }
  }

  /**
   * Whether the folder is a store.
   *
   * @throws InvalidInputException if it is of a newer format
   * @throws IOException if that cannot be found out
   */
  boolean exists() throws IOException {
    Optional<byte[]> mark = find(MARK);
    if (mark.isEmpty()) {
      return false;
    }
    try {
      JsonDocument.parse(new String(mark.get(), StandardCharsets.UTF_8)).requireVersion(FORMAT);
      return true;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("The store %s cannot be used: of its %s, %s.", root, MARK, e.getMessage()),
          e);
    }
  }

  /**
   * An artefact of one file.
   *
   * @return empty where there is none
   * @throws DamagedArtifactException if it is not what its key promises
   * @throws IOException if it cannot be read
   */
  public Optional<ArtifactFile> find(Kind kind, ArtifactKey key)
      throws DamagedArtifactException, IOException {
    Optional<byte[]> bytes = find(kind.path(key));
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(ArtifactFile.decode(bytes.get(), kind.path(key), key));
  }

  /** Whether there is an artefact of one file, which is not read. */
  public boolean has(Kind kind, ArtifactKey key) throws IOException {
    return files.exists(path(kind.path(key)));
  }

  /** Stores an artefact of one file, in place of one that is there. */
  public void publish(Kind kind, ArtifactKey key, ArtifactFile artifact) throws IOException {
    atomic.replace(path(kind.path(key)), artifact.encode(key));
  }

  /** Adds a file to an artefact that is a folder of files; its name is the hash of its content. */
  public void add(Kind kind, ArtifactKey key, ArtifactFile artifact) throws IOException {
    byte[] bytes = artifact.encode(key);
    atomic.replace(path(kind.path(key) + "/" + Sha256.of(bytes) + SUFFIX), bytes);
  }

  /**
   * The names of the files of an artefact that is a folder of files, sorted.
   *
   * @return none where there is no such artefact
   */
  public List<String> parts(Kind kind, ArtifactKey key) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String name : names(kind.path(key))) {
      if (name.endsWith(SUFFIX)
          && ArtifactKey.isHex(name.substring(0, name.length() - SUFFIX.length()))) {
        parts.add(name);
      }
    }
    return parts;
  }

  /**
   * One file of an artefact that is a folder of files.
   *
   * @param name of {@link #parts}
   * @throws DamagedArtifactException if it is not what its key promises, or is gone
   */
  public ArtifactFile part(Kind kind, ArtifactKey key, String name)
      throws DamagedArtifactException, IOException {
    String path = kind.path(key) + "/" + name;
    byte[] bytes =
        find(path).orElseThrow(() -> new DamagedArtifactException(path, "was deleted meanwhile"));
    return ArtifactFile.decode(bytes, path, key);
  }

  /** Removes an artefact that is damaged, or a part of one. */
  public void remove(String path) throws IOException {
    files.delete(path(path), true);
  }

  /** The names in a folder of the store, sorted; none where there is no such folder. */
  List<String> names(String folder) throws IOException {
    try {
      List<String> names =
          new ArrayList<>(
              Arrays.stream(files.listStatus(path(folder)))
                  .map(FileStatus::getPath)
                  .map(Path::getName)
                  .toList());
      Collections.sort(names);
      return names;
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** The files of a folder of the store, that which was written last first. */
  List<String> newestFirst(String folder) throws IOException {
    try {
      return Arrays.stream(files.listStatus(path(folder)))
          .sorted(
              Comparator.comparingLong(FileStatus::getModificationTime)
                  .thenComparing(status -> status.getPath().getName())
                  .reversed())
          .map(status -> status.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** The bytes of a file of the store; empty where there is none. */
  Optional<byte[]> find(String path) throws IOException {
    try {
      return Optional.of(BoundedFiles.read(files, path(path), BoundedFiles.DOCUMENT_BYTES));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Replaces a file of the store, or makes it. */
  void write(String path, byte[] content) throws IOException {
    atomic.replace(path(path), content);
  }

  /** What an artefact takes, in bytes; 0 where there is none. */
  long bytes(String path) throws IOException {
    try {
      return files.getContentSummary(path(path)).getLength();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  private Path path(String relative) {
    return HadoopPaths.child(root, relative);
  }
}
