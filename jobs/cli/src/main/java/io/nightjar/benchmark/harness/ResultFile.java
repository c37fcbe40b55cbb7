package io.nightjar.benchmark.harness;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JSON file that a benchmark leaves in its folder, in place of that of the one before. */
public final class ResultFile {
  private ResultFile() {}

  /**
   * Makes the folder, and refuses to replace a file that is no result.
   *
   * @param folder a local folder, which need not exist
   * @param name of the file
   * @param fields what a result has at least
   * @return the file
   * @throws InvalidInputException if the folder cannot be made, or holds another file of that name
   */
  public static Path in(Path folder, String name, List<String> fields) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw PlaceFault.refused("--out %s cannot be made into a folder: %s", folder, e);
    }
    Path file = folder.resolve(name);
    if (Files.exists(file) && !has(file, fields)) {
      throw new InvalidInputException(
          Text.format(
              "--out %s holds a file that no run of Nightjar has written (%s); name a new folder.",
              folder, name));
    }
    return file;
  }

  private static boolean has(Path file, List<String> fields) {
    try {
      JsonDocument found = JsonDocument.parse(Files.readString(file));
      return fields.stream().allMatch(found::has);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
