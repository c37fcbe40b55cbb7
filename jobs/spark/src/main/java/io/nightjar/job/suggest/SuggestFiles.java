package io.nightjar.job.suggest;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.job.result.Suggestion;
import io.nightjar.job.result.Suggestions;
import io.nightjar.json.Json;
import io.nightjar.report.table.CsvLine;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The list of suggested images and the same with all numbers, in a folder. */
public final class SuggestFiles {
  /** All that was found. */
  public static final String JSON = "suggest.json";

  private static final int FORMAT_VERSION = 1;

  private final Path folder;
  private final FileSystem files;
  private final AtomicFiles atomic;

  private record Document(
      int formatVersion,
      String category,
      String bank,
      int version,
      int budget,
      double median,
      double limit,
      Suggestions.Counts images,
      List<Image> suggested) {}

  private record Image(
      int rank,
      String uri,
      String path,
      String run,
      String sha256,
      double imageScore,
      Double pValue,
      double novelty,
      double remainingNovelty) {}

  /**
   * Files of a folder.
   *
   * @throws InvalidInputException if its file system cannot be reached
   */
  public SuggestFiles(String location, Configuration configuration) {
    try {
      this.folder = HadoopPaths.parse(location);
      this.files = PlainFiles.of(folder, configuration);
      this.atomic = AtomicFiles.of(files, configuration);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The folder %s cannot be written to: %s", location, e);
    }
  }

  /**
   * Makes sure that nothing is lost.
   *
   * @param overwrite whether the two files may be replaced
   * @throws InvalidInputException if one is there
   */
  public void requireFree(boolean overwrite) {
    try {
      for (String name : List.of(Suggestions.LIST, JSON)) {
        if (!overwrite && files.exists(new Path(folder, name))) {
          throw new InvalidInputException(
              Text.format(
                  "%s has a %s already; name another folder, or add --overwrite to replace it.",
                  folder, name));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Writes them, the list last.
   *
   * @throws InvalidInputException if they cannot be written
   */
  public void write(Suggestions found) {
    try {
      write(JSON, json(found));
      write(Suggestions.LIST, csv(found));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(String name, String text) throws IOException {
    atomic.replace(
        new Path(folder, name), Addresses.redacted(text).getBytes(StandardCharsets.UTF_8));
  }

  private InvalidInputException failed(IOException e) {
    return PlaceFault.refused("The folder %s cannot be written to: %s", folder, e);
  }

  static String csv(Suggestions found) {
    StringBuilder csv =
        new StringBuilder("path,category,rank,image_score,p_value,novelty,remaining_novelty\r\n");
    int rank = 0;
    for (Suggestion image : found.images()) {
      rank++;
      csv.append(
              CsvLine.of(
                  image.uri(),
                  found.category(),
                  rank,
                  image.score(),
                  pValue(image),
                  image.novelty(),
                  image.remaining()))
          .append("\r\n");
    }
    return csv.toString();
  }

  private static Double pValue(Suggestion image) {
    return image.pValue().isPresent() ? (Double) image.pValue().getAsDouble() : null;
  }

  static String json(Suggestions found) {
    List<Suggestion> images = found.images();
    List<Image> suggested =
        IntStream.range(0, images.size())
            .mapToObj(
                i ->
                    new Image(
                        i + 1,
                        images.get(i).uri(),
                        images.get(i).path(),
                        images.get(i).run(),
                        images.get(i).sha256(),
                        images.get(i).score(),
                        pValue(images.get(i)),
                        images.get(i).novelty(),
                        images.get(i).remaining()))
            .toList();
    return Json.indented(
            new Document(
                FORMAT_VERSION,
                found.category(),
                found.bank(),
                found.version(),
                found.budget(),
                found.median(),
                found.limit(),
                found.counts(),
                suggested))
        + "\n";
  }
}
