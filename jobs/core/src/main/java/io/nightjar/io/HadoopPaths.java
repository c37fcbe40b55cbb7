package io.nightjar.io;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Paths of names that may hold anything, a colon included. Hadoop's own constructors take what
 * precedes a colon for the scheme of a URI: {@code new Path(folder, "kind:2")} fails.
 */
public final class HadoopPaths {
  private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private HadoopPaths() {}

  /**
   * A path below a folder.
   *
   * @param relative a name, or several that are separated by slashes; never read as a URI
   * @throws IllegalArgumentException if it would lead out of the folder
   */
  public static Path child(Path folder, String relative) {
    requireBelow(relative);
    return new Path(folder, new Path(null, null, relative));
  }

  private static void requireBelow(String relative) {
    for (String name : relative.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new IllegalArgumentException(
            Text.format("\"%s\" is no path below a folder", relative));
      }
    }
  }

  /** The same below a folder in text, as {@link #parse} reads it. */
  public static String child(String folder, String relative) {
    return child(parse(folder), relative).toString();
  }

  /**
   * A location as a person writes it: a URI where it begins with a scheme and a slash ({@code
   * s3a://...}, {@code file:/...}), and otherwise a path, whatever colons it holds.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Path parse(String location) {
    return hasScheme(location) ? new Path(location) : new Path(null, null, location);
  }

  /**
   * Where a JSON document is that a person names by its file or by the folder that it is in.
   *
   * @param location of the file, which ends with {@code .json}, or of the folder
   * @param name of the file in the folder
   * @throws InvalidInputException if it is no location
   */
  public static String document(String location, String name) {
    try {
      parse(location);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("%s is no location: %s.", location, e.getMessage()), e);
    }
    return location.endsWith(".json") ? location : child(location, name);
  }

  /**
   * A location that means the same wherever a later process runs: a relative path is completed by
   * the working directory of its file system, and any other location is unchanged.
   *
   * @throws IllegalArgumentException if it is no location
   * @throws IOException if its file system cannot be reached
   */
  public static String absolute(String location, Configuration configuration) throws IOException {
    Path path = parse(location);
    return path.isAbsolute() || path.toUri().getScheme() != null
        ? location
        : PlainFiles.of(path, configuration).makeQualified(path).toString();
  }

  /**
   * A location in full: with its scheme and host, and every folder of its path, so that it names
   * one place whatever the process and its settings that read it later.
   *
   * @throws InvalidInputException if it is no location, or its file system cannot be reached
   */
  public static String qualified(String location, Configuration configuration) {
    try {
      Path path = parse(location);
      return PlainFiles.of(path, configuration).makeQualified(path).toString();
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("%s cannot be reached: %s.", location, e.getMessage()), e);
    }
  }

  /**
   * A location in a record, without what only its spelling has, such as a slash at its end. Earlier
   * programs recorded locations as they were typed: an absolute path is taken to be one of the
   * local file system.
   *
   * @return empty for a relative path and an empty text, which may be any place
   */
  public static Optional<String> unambiguous(String recorded) {
    if (!hasScheme(recorded) && !recorded.startsWith(Path.SEPARATOR)) {
      return Optional.empty();
    }
    String full = hasScheme(recorded) ? recorded : "file:" + recorded;
    try {
      return Optional.of(new Path(full).toString());
    } catch (IllegalArgumentException e) {
      return Optional.of(full);
    }
  }

  private static boolean hasScheme(String location) {
    return WITH_SCHEME.matcher(location).matches();
  }

  /**
   * A file's name without its folders.
   *
   * @param relative path with slashes
   */
  public static String name(String relative) {
    return relative.substring(relative.lastIndexOf('/') + 1);
  }
}
