package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists training images on any file system that Hadoop knows. A location is one of
 *
 * <ul>
 *   <li>a list of images, as {@link ImageList} reads it;
 *   <li>a data set in a layout of {@link DataSets}, of which the training images are listed;
 *   <li>a folder of images: these and all in the folders below it are one category;
 *   <li>a folder of folders of images, all of one category, which must be named.
 * </ul>
 */
public final class NormalImages {
  private NormalImages() {}

  /**
   * The categories with their training images, sorted by name; none has test images.
   *
   * @param names of a data set: the categories to list, empty for all; of a folder or a list: what
   *     to call it, empty for its own name
   * @throws InvalidInputException where there are no training images, or a list names an image
   *     twice
   */
  public static Catalogue find(String location, List<String> names, Configuration conf) {
    return find(location, names, LayoutChoice.mvtecAd(), conf);
  }

  /**
   * The same where a data set may be in other layouts, or must be in the one that is named.
   *
   * @param choice the layouts that a data set may be in
   */
  public static Catalogue find(
      String location, List<String> names, LayoutChoice choice, Configuration conf) {
    Optional<Catalogue> manifest = choice.manifest(location, names, Purpose.LEARN, conf);
    if (manifest.isPresent()) {
      return manifest.get();
    }
    if (choice.isAuto() && ImageList.isOne(location, conf)) {
      return ImageList.read(location, names, Split.TRAIN, conf);
    }
    try (FolderListing listing = new FolderListing(DataFolder.open(location, conf))) {
      return find(location, names, choice, listing);
    }
  }

  static Catalogue find(String location, List<String> names, FolderListing listing) {
    return find(location, names, LayoutChoice.mvtecAd(), listing);
  }

  private static Catalogue find(
      String location, List<String> names, LayoutChoice choice, FolderListing listing) {
    Optional<DataLayout> layout = DataSets.layoutOfImages(location, listing, Purpose.LEARN, choice);
    return layout.isPresent()
        ? layout.get().read(listing, names, Purpose.LEARN)
        : folder(location, names, choice, listing);
  }

  /** The categories that {@link #find} finds. */
  public static List<Category> list(String location, List<String> names, Configuration conf) {
    return find(location, names, conf).categories();
  }

  private static Catalogue folder(
      String location, List<String> names, LayoutChoice choice, FolderListing listing) {
    Path root = listing.root();
    if (!PlainFolder.holdsImages(listing)) {
      if (names.isEmpty()) {
        throw needsName(location, choice, listing);
      }
      List<Path> named = FolderListing.folderNamed(names.get(0), listing.list(root));
      root = named.isEmpty() ? root : named.get(0);
    }
    String name = CategoryNames.one(location, names, root.getName());
    Category category = PlainFolder.read(name, root, Split.TRAIN, listing);
    PlainFolder.requireImages(category, location, "learn from");
    Ledger others = listing.inventory().ledger(listing.root(), List.of(root));
    return new Catalogue("a folder of images", List.of(category), others);
  }

  private static InvalidInputException needsName(
      String location, LayoutChoice choice, FolderListing listing) {
    InvalidInputException unknown = choice.unknown(location, Purpose.LEARN, listing);
    return FolderListing.folders(listing.list(listing.root())).isEmpty()
        ? unknown
        : new InvalidInputException(
            Text.format(
                "%s To read all images below it as those of one category, name it with --category.",
                unknown.getMessage()));
  }
}
