package io.nightjar.dataset.layout;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.dataset.listing.Walk;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** A folder of images without labels: all below it are images of one category. */
final class PlainFolder {
  private PlainFolder() {}

  /** Whether images lie in the folder itself. */
  static boolean holdsImages(FolderListing listing) {
    return listing.list(listing.root()).stream()
        .anyMatch(entry -> !entry.isFolder() && ImageFiles.isImage(entry.name()));
  }

  /**
   * All images below a folder, named by their paths there.
   *
   * @param split the part of the category that they are
   */
  static Category read(String name, Path folder, Split split, FolderListing listing) {
    List<Entry> files = Walk.below(folder, listing);
    FoundImages found = FoundImages.of(files, split, folder, listing);
    List<ImageRef> images =
        found.images().stream()
            .map(
                image ->
                    new ImageRef(
                        name,
                        split,
                        ImageRef.GOOD, // so that no mask is looked for
                        Inventory.relative(folder, image.path()),
                        image.path().toString(),
                        ""))
            .toList();
    return new Category(
        name,
        split == Split.TRAIN ? images : List.of(),
        split == Split.TEST ? images : List.of(),
        found.leftOut(),
        listing.inventory().ledger(folder, List.of()));
  }

  /**
   * Refuses a category of which no file ends like an image.
   *
   * @param use what the images are needed for, such as {@code score}
   * @throws InvalidInputException if nothing was found that could be an image
   */
  static void requireImages(Category category, String location, String use) {
    if (category.train().isEmpty() && category.test().isEmpty()) {
      String others = category.inputs().found() == 0 ? "" : " " + category.inputs().describe();
      String first =
          category.leftOut().isEmpty()
              ? ""
              : Text.format(
                  " The first that was left out is %s: %s",
                  category.leftOut().get(0).relativePath(), category.leftOut().get(0).reason());
      throw new InvalidInputException(
          Text.format(
                  "There is no image of %s to %s below %s: no file ends in %s.",
                  category.name(), use, location, String.join(", ", ImageFiles.EXTENSIONS))
              + others
              + first);
    }
  }
}
