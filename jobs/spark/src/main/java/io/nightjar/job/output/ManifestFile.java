package io.nightjar.job.output;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.manifest.ManifestRow;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.report.table.CsvLine;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A manifest as a CSV file: a row for each image of a data set. */
public final class ManifestFile {
  private final Path file;
  private final FileSystem files;
  private final AtomicFiles atomic;

  /**
   * @throws InvalidInputException if the file system cannot be reached
   */
  public ManifestFile(String location, Configuration configuration) {
    try {
      this.file = HadoopPaths.parse(location);
      this.files = PlainFiles.of(file, configuration);
      this.atomic = AtomicFiles.of(files, configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The manifest %s cannot be written: %s", location, e);
    }
  }

  /**
   * Makes sure that nothing is lost.
   *
   * @param overwrite whether a file may be replaced; a folder may not
   * @throws InvalidInputException if there is one
   */
  public void requireFree(boolean overwrite) {
    try {
      if (files.exists(file) && (!overwrite || files.getFileStatus(file).isDirectory())) {
        throw new InvalidInputException(
            Text.format(
                "%s is there already; name another file%s.",
                file, overwrite ? ", since it is a folder" : ", or add --overwrite to replace it"));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Writes it.
   *
   * @throws InvalidInputException if it cannot be written, or a mask's path cannot be expressed
   */
  public void write(Catalogue found) {
    StringBuilder text = new StringBuilder(line(ManifestRow.COLUMNS.toArray()));
    found.categories().stream()
        .flatMap(category -> Stream.concat(category.train().stream(), category.test().stream()))
        .map(ManifestFile::line)
        .forEach(text::append);
    try {
      atomic.replace(file, Addresses.redacted(text.toString()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static String line(ImageRef image) {
    if (image.maskUris().stream().anyMatch(mask -> mask.contains(ManifestRow.SEPARATOR))) {
      throw new InvalidInputException(
          Text.format(
              "The mask %s cannot be in a manifest, since its path holds a \"|\"; rename it.",
              image.maskUri()));
    }
    Map<String, String> cells = ManifestRow.of(image).cells();
    return line(ManifestRow.COLUMNS.stream().map(cells::get).toArray());
  }

  private static String line(Object... cells) {
    return CsvLine.of(cells) + "\n";
  }

  private InvalidInputException failed(IOException e) {
    return PlaceFault.refused("The manifest %s cannot be written: %s", file, e);
  }
}
