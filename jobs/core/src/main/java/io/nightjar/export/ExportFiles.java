package io.nightjar.export;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of an export: the model file, its card, and, where the model file cannot hold the rows
 * of the bank, these. The model file is written last, so that whatever it names is there.
 */
public final class ExportFiles {
  private static final String MODEL = ".onnx";

  private final String location;
  private final Path model;
  private final FileSystem files;
  private final AtomicFiles atomic;

  /**
   * The files of an export; none is written.
   *
   * @param location of the model file, on any Hadoop file system
   * @param configuration names the file systems
   * @throws InvalidInputException if the file system cannot be reached
   */
  public ExportFiles(String location, Configuration configuration) {
    this.location = location;
    try {
      this.model = HadoopPaths.parse(location);
      this.files = PlainFiles.of(model, configuration);
      this.atomic = AtomicFiles.of(files, configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The file %s cannot be written: %s", location, e);
    }
  }

  /**
   * Makes sure that nothing is lost.
   *
   * @param overwrite whether files may be replaced; a folder may not
   * @throws InvalidInputException naming the first file that is there
   */
  public void requireFree(boolean overwrite) {
    try {
      for (Path path : new Path[] {model, card(), data()}) {
        if (files.exists(path) && (!overwrite || files.getFileStatus(path).isDirectory())) {
          throw new InvalidInputException(
              Text.format(
                  "%s is there already; name another file%s.",
                  path,
                  overwrite ? ", since it is a folder" : ", or add --overwrite to replace it"));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The model file as it was named. */
  String location() {
    return location;
  }

  /** The name of the model file in its folder. */
  String modelName() {
    return model.getName();
  }

  /** The name of the file of rows in the same folder. */
  String dataName() {
    return model.getName() + ".data";
  }

  Path card() {
    String name = model.getName();
    String stem = name.endsWith(MODEL) ? name.substring(0, name.length() - MODEL.length()) : name;
    return new Path(model.getParent(), stem + ".card.md");
  }

  Path data() {
    return new Path(model.getParent(), dataName());
  }

  /** Writes all of them. */
  void write(byte[] onnx, String card, Optional<ExternalRows> rows) {
    try {
      if (rows.isPresent()) {
        // A model file that is there would name rows that are replaced under it.
        files.delete(model, false);
        write(rows.get());
      }
      atomic.replace(card(), Addresses.redacted(card).getBytes(StandardCharsets.UTF_8));
      atomic.replace(model, onnx);
      if (rows.isEmpty()) {
        files.delete(data(), false);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** On an object store a file appears with its last byte. */
  private void write(ExternalRows rows) throws IOException {
    Path written =
        ObjectStores.isOne(files)
            ? data()
            : new Path(model.getParent(), "." + dataName() + "." + UUID.randomUUID());
    try (OutputStream out = files.create(written, true)) {
      rows.write(out);
    } catch (IOException e) {
      files.delete(written, false);
      throw e;
    }
    if (!written.equals(data())) {
      files.delete(data(), false);
      if (!files.rename(written, data())) {
        throw new IOException(Text.format("%s cannot be renamed to %s", written, dataName()));
      }
    }
  }

  private InvalidInputException failed(IOException e) {
    return PlaceFault.refused("The file %s cannot be written: %s", location, e);
  }
}
