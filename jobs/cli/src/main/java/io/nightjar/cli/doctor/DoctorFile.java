package io.nightjar.cli.doctor;

import io.nightjar.doctor.DoctorReport;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The document of an examination on any file system; it replaces an earlier one, and nothing else.
 */
public final class DoctorFile {
  private static final long MOST_BYTES = 16 << 20;

  private final String location;

  /**
   * The file at a location.
   *
   * @param location of the file, which ends with {@code .json}, or of the folder that it is in
   * @throws InvalidInputException if it is no location
   */
  public DoctorFile(String location) {
    this.location = HadoopPaths.document(location, DoctorReport.NAME);
  }

  /** Where it is. */
  public String location() {
    return location;
  }

  /**
   * Makes sure, before anything is examined, that no other document is there.
   *
   * @throws InvalidInputException if one is
   * @throws IOException if the place cannot be read
   */
  public void check(Configuration configuration) throws IOException {
    Path path = HadoopPaths.parse(location);
    requireOurs(PlainFiles.of(path, configuration), path);
  }

  /**
   * Writes the document.
   *
   * @throws InvalidInputException if another document is there
   * @throws IOException if it cannot be written
   */
  public void write(DoctorReport report, Configuration configuration) throws IOException {
    Path path = HadoopPaths.parse(location);
    FileSystem files = PlainFiles.of(path, configuration);
    requireOurs(files, path);
    AtomicFiles.of(files, configuration)
        .replace(files.makeQualified(path), report.toJson().getBytes(StandardCharsets.UTF_8));
  }

  private void requireOurs(FileSystem files, Path path) throws IOException {
    try {
      byte[] content = BoundedFiles.read(files, path, MOST_BYTES);
      JsonDocument found = JsonDocument.parse(new String(content, StandardCharsets.UTF_8));
      if (!found.has("document") || !found.text("document").equals(DoctorReport.DOCUMENT)) {
        throw new IllegalArgumentException("it is another document");
      }
    } catch (FileNotFoundException e) {
      // The usual case.
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "%s was not written by doctor (%s), and is not replaced: name another --out.",
              location, e.getMessage()),
          e);
    }
  }
}
