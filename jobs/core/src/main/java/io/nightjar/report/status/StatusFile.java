package io.nightjar.report.status;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file that says how far a command is, on any file system; it is replaced as a whole. */
public final class StatusFile {
  /** What it is called in a folder of results. */
  public static final String NAME = "status.json";

  private static final int MOST_BYTES = 1 << 20;

  private final String location;
  private final Configuration configuration;

  private StatusFile(String location, Configuration configuration) {
    this.location = location;
    this.configuration = configuration;
  }

  /**
   * The file at a location.
   *
   * @param location of the file, which ends with {@code .json}, or of the folder that it is in
   * @param configuration of the file systems
   * @return the file, which need not exist
   * @throws InvalidInputException if it is no location
   */
  public static StatusFile at(String location, Configuration configuration) {
    return new StatusFile(HadoopPaths.document(location, NAME), configuration);
  }

  /**
   * The location of the file itself, also where the folder was given.
   *
   * @return as it was given, not qualified
   */
  public String location() {
    return location;
  }

  /**
   * The status that it holds.
   *
   * @return empty where there is no file
   * @throws InvalidInputException if the file is no status
   * @throws IOException if it cannot be read
   */
  public Optional<RunStatus> read() throws IOException {
    Path path = HadoopPaths.parse(location);
    try {
      return Optional.of(
          RunStatus.read(BoundedFiles.read(PlainFiles.of(path, configuration), path, MOST_BYTES)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format("%s is not a status of Nightjar: %s.", location, e.getMessage()), e);
    }
  }

  /**
   * Replaces what it holds.
   *
   * @param status that the file is to hold
   * @throws IOException if it cannot be written
   */
  public void write(RunStatus status) throws IOException {
    Path path = HadoopPaths.parse(location);
    FileSystem files = PlainFiles.of(path, configuration);
    AtomicFiles.of(files, configuration).replace(files.makeQualified(path), status.write());
  }
}
