package io.nightjar.cli.options;

import io.nightjar.dataset.layout.ImageList;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Names of images: between commas, or in a text or CSV file, such as a review list. */
public final class NameList {
  private NameList() {}

  /**
   * Reads a list of names, one a line.
   *
   * @throws InvalidInputException if a file of that name cannot be read
   */
  public static List<String> read(String option, String list, Configuration configuration) {
    try {
      Path file = HadoopPaths.parse(list);
      if (!list.contains(",") && file.getFileSystem(configuration).exists(file)) {
        return named(ImageList.paths(list, configuration).stream());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
                  "The option %s is \"%s\", which cannot be read: %s; name images between commas, or a file",
                  option, list, e.getMessage())
              + " of their names.",
          e);
    }
    return named(Arrays.stream(list.split(",")).map(String::strip).filter(s -> !s.isEmpty()));
  }

  /** Images are named by their addresses without user, password and query. */
  private static List<String> named(Stream<String> addresses) {
    return addresses.map(Addresses::redacted).toList();
  }
}
