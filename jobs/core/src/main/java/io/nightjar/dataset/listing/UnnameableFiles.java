package io.nightjar.dataset.listing;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FileNames;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Refuses names that this process cannot express, since such files could not be opened later. */
final class UnnameableFiles {
  private UnnameableFiles() {}

  /**
   * Refuses a folder with such names, where they may be images or folders of images.
   *
   * @throws InvalidInputException if there is one
   */
  static void refuse(Path folder, List<Entry> entries) {
    long images =
        entries.stream()
            .filter(entry -> entry.kind() == Entry.Kind.UNNAMEABLE)
            .filter(entry -> FileKinds.isUnknown(entry.name()) || isImage(entry.name()))
            .count();
    if (images > 0) {
      String encoding = FileNames.encoding();
      String remedy =
          encoding.toUpperCase(Locale.ROOT).startsWith("UTF")
              ? "they were written with another one; rename them"
              : "set LC_ALL=C.UTF-8";
      throw new InvalidInputException(
          Text.format(
              "The names in %s cannot be read with the encoding %s, %d of them; %s.",
              folder, encoding, images, remedy));
    }
  }

  private static boolean isImage(String name) {
    return ImageFiles.isImage(name) || FileKinds.unreadImageType(name).isPresent();
  }
}
