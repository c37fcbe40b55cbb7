package io.nightjar.dataset.listing;

import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of the local file system, every entry of it. Hadoop's own listing leaves out without a
 * word what it cannot look at: links that lead nowhere, and names that the encoding of the process
 * cannot express.
 */
final class LocalFolder {
  /** Replaces in a name what could not be decoded. */
  private static final char REPLACEMENT = '\uFFFD';

  private LocalFolder() {}

  static List<Entry> entries(org.apache.hadoop.fs.Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(local(folder))) {
      for (Path name : names) {
        entries.add(entry(folder, name));
      }
    }
    return entries;
  }

  /** Where a folder is when all links are followed. */
  static String real(org.apache.hadoop.fs.Path folder) throws IOException {
    return local(folder).toRealPath().toString();
  }

  private static Path local(org.apache.hadoop.fs.Path folder) throws IOException {
    String path = folder.toUri().getPath();
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new FileSystemException(path, null, "the encoding of names cannot express it");
    }
  }

  private static Entry entry(org.apache.hadoop.fs.Path folder, Path path) {
    String name = path.getFileName().toString();
    org.apache.hadoop.fs.Path child = HadoopPaths.child(folder, name);
    if (!isExpressible(path, name)) {
      return Entry.of(child, Entry.Kind.UNNAMEABLE);
    }
    try {
      BasicFileAttributes own =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return own.isSymbolicLink() ? link(child, path) : plain(child, own, "");
    } catch (IOException e) {
      return new Entry(child, Entry.Kind.UNUSABLE, "", reason(e));
    }
  }

  private static Entry plain(
      org.apache.hadoop.fs.Path child, BasicFileAttributes attributes, String real) {
    if (attributes.isDirectory()) {
      return new Entry(child, Entry.Kind.FOLDER, real, "");
    }
    // A pipe would keep its reader waiting for ever.
    return attributes.isRegularFile()
        ? new Entry(child, Entry.Kind.FILE, real, "")
        : unusable(child, "It is neither a file nor a folder.");
  }

  /** Whether the name leads back to the same file. */
  private static boolean isExpressible(Path path, String name) {
    if (name.indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      return path.resolveSibling(name).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Entry link(org.apache.hadoop.fs.Path child, Path path) {
    try {
      Path real = path.toRealPath();
      BasicFileAttributes target = Files.readAttributes(real, BasicFileAttributes.class);
      return plain(child, target, real.toString());
    } catch (NoSuchFileException e) {
      return unusable(child, Text.format("It is a link to %s, which is absent.", target(path)));
    } catch (AccessDeniedException e) {
      return unusable(
          child, Text.format("It is a link to %s, which may not be read.", target(path)));
    } catch (FileSystemException e) {
      return unusable(
          child,
          Text.format(
              "It is a link to %s, which cannot be followed: %s.", target(path), e.getReason()));
    } catch (IOException e) {
      return unusable(
          child,
          Text.format(
              "It is a link to %s, which cannot be followed: %s.", target(path), e.getMessage()));
    }
  }

  private static Entry unusable(org.apache.hadoop.fs.Path child, String fault) {
    return new Entry(child, Entry.Kind.UNUSABLE, "", fault);
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "an unknown place";
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "It may not be read: permission denied."
        : Text.format("It cannot be looked at: %s.", e.getMessage());
  }
}
