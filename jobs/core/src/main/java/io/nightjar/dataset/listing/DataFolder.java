package io.nightjar.dataset.listing;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FileNames;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * An existing folder that the user named, and its file system; local files are read without
 * Hadoop's checksum files.
 */
public record DataFolder(FileSystem fileSystem, Path path) {

  /** Opens the folder; a path without a scheme is on the configuration's default file system. */
  public static DataFolder open(String location, Configuration conf) {
    if (location.isBlank()) {
      throw new InvalidInputException("The data directory is an empty string; name a directory.");
    }
    Path path = parse(location);
    FileSystem fileSystem = PlainFiles.of(fileSystem(location, path, conf));
    try {
      FileStatus status = fileSystem.getFileStatus(path);
      if (!status.isDirectory()) {
        throw new InvalidInputException(
            Text.format("%s is a file; name the data set's directory instead.", location));
      }
      return new DataFolder(fileSystem, status.getPath());
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          Text.format("There is no directory %s; check the data directory's name.", location)
              + (location.indexOf('\uFFFD') < 0
                  ? ""
                  : Text.format(
                      " The encoding %s cannot express it; set LC_ALL=C.UTF-8.",
                      FileNames.encoding())),
          e);
    } catch (IOException e) {
      throw PlaceFault.refused("The directory %s cannot be reached: %s", location, e);
    }
  }

  private static Path parse(String location) {
    try {
      return HadoopPaths.parse(location);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("'%s' is no valid path: %s.", location, e.getMessage()), e);
    }
  }

  private static FileSystem fileSystem(String location, Path path, Configuration conf) {
    String scheme = path.toUri().getScheme();
    try {
      return path.getFileSystem(conf);
    } catch (UnsupportedFileSystemException e) {
      String remedy =
          "s3".equals(scheme) || "s3n".equals(scheme)
              ? "write s3a: for Amazon S3"
              : "use a plain path, file:, hdfs: or s3a:, or add the file system's jar to Spark";
      throw new InvalidInputException(
          Text.format("The file system '%s:' of %s is not known; %s.", scheme, location, remedy),
          e);
    } catch (IOException | RuntimeException e) { // Hadoop wraps a missing class in either
      throw PlaceFault.refused("The file system of %s cannot be used: %s", location, e);
    }
  }
}
