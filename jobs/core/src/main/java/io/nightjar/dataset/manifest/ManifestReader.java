package io.nightjar.dataset.manifest;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.layout.CategoryNames;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.list.ListTable;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads a manifest: a table with the columns {@code uri} and {@code split}, and {@code category},
 * {@code label}, {@code mask}, {@code group}, {@code item} and {@code name} where they are needed,
 * as CSV, as a Parquet file, or as a folder of Parquet files.
 */
public final class ManifestReader implements LayoutChoice.Manifests {
  private static final String PARQUET = ".parquet";
  private static final String[] REQUIRED = {"uri", "split"};

  @Override
  public Optional<Catalogue> read(
      String location, List<String> only, Purpose purpose, boolean required, Configuration conf) {
    try {
      Path path = HadoopPaths.parse(location);
      FileSystem files = PlainFiles.of(path, conf);
      if (!files.exists(path)) {
        if (required) {
          throw new InvalidInputException(
              Text.format("There is no manifest %s; check its name.", location));
        }
        return Optional.empty();
      }
      FileStatus status = files.getFileStatus(path);
      return status.isFile()
          ? file(status.getPath(), only, purpose, required, files, conf)
          : folder(status.getPath(), only, purpose, required, files, conf);
    } catch (IOException | IllegalArgumentException e) {
      if (!required) {
        return Optional.empty(); // whatever it is, the other layouts report it
      }
      throw new InvalidInputException(
          Text.format(
              "The manifest %s cannot be read: %s. Check its address and rights.",
              location, e.getMessage()),
          e);
    }
  }

  private static Optional<Catalogue> file(
      Path manifest,
      List<String> only,
      Purpose purpose,
      boolean required,
      FileSystem files,
      Configuration conf)
      throws IOException {
    if (isParquet(manifest)) {
      return Optional.of(
          parquet(manifest, manifest.getParent(), List.of(manifest), only, purpose, conf));
    }
    byte[] content = BoundedFiles.read(files, manifest, BoundedFiles.DOCUMENT_BYTES);
    List<String> columns = ListTable.columns(content, manifest.toString());
    if (!columns.containsAll(List.of(REQUIRED)) && !required) {
      if (!purpose.masks()) {
        return Optional.empty(); // a list of images without labels
      }
      throw new InvalidInputException(
          Text.format(
              "%s is a file, and no manifest, whose first line has the headings uri and split; name"
                  + " the data set's directory, or add them.",
              manifest));
    }
    ListTable table = ListTable.of(content, manifest.toString());
    table.requireColumns(REQUIRED);
    List<ManifestRow> rows =
        table.rows().stream().map(row -> ManifestRow.of(row.line(), row.cells())).toList();
    return Optional.of(
        catalogue(manifest, manifest.getParent(), "line", rows, columns, only, purpose));
  }

  private static Optional<Catalogue> folder(
      Path manifest,
      List<String> only,
      Purpose purpose,
      boolean required,
      FileSystem files,
      Configuration conf)
      throws IOException {
    List<FileStatus> visible =
        Stream.of(files.listStatus(manifest))
            .filter(entry -> !ImageFiles.isHidden(entry.getPath().getName()))
            .toList();
    List<Path> parts =
        visible.stream()
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(ManifestReader::isParquet)
            .sorted(Comparator.comparing(Path::getName))
            .toList();
    if (parts.isEmpty() || parts.size() < visible.size()) {
      if (required) {
        throw new InvalidInputException(
            Text.format(
                "%s is no manifest: expected a CSV file, a Parquet file or a folder of Parquet"
                    + " files.",
                manifest));
      }
      return Optional.empty();
    }
    return Optional.of(parquet(manifest, manifest.getParent(), parts, only, purpose, conf));
  }

  private static boolean isParquet(Path file) {
    return file.getName().toLowerCase(Locale.ROOT).endsWith(PARQUET);
  }

  private static Catalogue parquet(
      Path manifest,
      Path base,
      List<Path> parts,
      List<String> only,
      Purpose purpose,
      Configuration conf)
      throws IOException {
    List<ManifestRow> rows = new ArrayList<>();
    List<String> columns = List.of();
    for (Path part : parts) {
      columns = ParquetTable.read(part, rows, conf);
      ListTable none = new ListTable(part.toString(), columns, List.of());
      none.requireColumns(REQUIRED);
    }
    return catalogue(manifest, base, "row", rows, columns, only, purpose);
  }

  private static Catalogue catalogue(
      Path manifest,
      Path base,
      String unit,
      List<ManifestRow> rows,
      List<String> columns,
      List<String> only,
      Purpose purpose) {
    String name = manifest.getName();
    String own = name.indexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    boolean named = columns.contains("category");
    String category = named ? own : CategoryNames.one(manifest.toString(), only, own);
    List<ManifestRow> images = new ManifestRows(manifest.toString(), unit).images(rows, category);
    return new ManifestCategories(manifest, base, purpose).of(images, named ? only : List.of());
  }
}
