package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Walk;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists unlabelled images to score, on any file system that Hadoop knows. A location is one of
 *
 * <ul>
 *   <li>a list of images, as {@link ImageList} reads it;
 *   <li>a data set in a layout of {@link DataSets}, of which the test images are listed, without
 *       their labels and masks;
 *   <li>a folder with images: these and all in the folders below it are one category;
 *   <li>a folder with a sub-folder for each category, whose images are there or deeper.
 * </ul>
 */
public final class UnlabelledImages {
  private static final String PLAIN = "folders of images";

  private UnlabelledImages() {}

  /**
   * The categories with their test images, sorted by name; none has training images.
   *
   * @param names of a data set or of sub-folders: the categories to list, empty for all; of a
   *     folder of images or a list: the category they belong to, empty for its own name
   * @throws InvalidInputException where there are no images to score
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
    Optional<Catalogue> manifest = choice.manifest(location, names, Purpose.SCORE, conf);
    if (manifest.isPresent()) {
      return scored(manifest.get(), location);
    }
    if (choice.isAuto() && ImageList.isOne(location, conf)) {
      return ImageList.read(location, names, Split.TEST, conf);
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
    Optional<DataLayout> layout = DataSets.layoutOfImages(location, listing, Purpose.SCORE, choice);
    if (layout.isPresent()) {
      return scored(layout.get().read(listing, names, Purpose.SCORE), location);
    }
    return PlainFolder.holdsImages(listing)
        ? one(CategoryNames.one(location, names, listing.root().getName()), location, listing)
        : byFolder(location, names, listing);
  }

  /** The categories that {@link #find} finds. */
  public static List<Category> list(String location, List<String> names, Configuration conf) {
    return find(location, names, conf).categories();
  }

  /**
   * The same for one known category: where the folders in a location are neither categories of a
   * data set, nor the category by its name, all images below the location are the category's.
   *
   * @throws InvalidInputException where there are no images to score
   */
  public static Catalogue findOne(String location, String category, Configuration conf) {
    return findOne(location, category, LayoutChoice.mvtecAd(), conf);
  }

  /**
   * The same where a data set may be in other layouts, or must be in the one that is named.
   *
   * @param choice the layouts that a data set may be in
   */
  public static Catalogue findOne(
      String location, String category, LayoutChoice choice, Configuration conf) {
    if (choice.isAuto() && !ImageList.isOne(location, conf)) {
      try (FolderListing listing = new FolderListing(DataFolder.open(location, conf))) {
        List<Path> named = FolderListing.folderNamed(category, listing.list(listing.root()));
        if (named.isEmpty()
            && DataSets.layoutOfImages(location, listing, Purpose.SCORE, choice).isEmpty()) {
          return one(category, location, listing);
        }
      }
    }
    return find(location, List.of(category), choice, conf);
  }

  private static Catalogue scored(Catalogue catalogue, String location) {
    catalogue
        .categories()
        .forEach(category -> PlainFolder.requireImages(category, location, "score"));
    return catalogue;
  }

  private static Catalogue one(String name, String location, FolderListing listing) {
    Category category = PlainFolder.read(name, listing.root(), Split.TEST, listing);
    PlainFolder.requireImages(category, location, "score");
    return new Catalogue(PLAIN, List.of(category), Ledger.EMPTY);
  }

  private static Catalogue byFolder(String location, List<String> names, FolderListing listing) {
    Map<String, Path> folders = new TreeMap<>();
    List<Path> below = FolderListing.folders(listing.list(listing.root()));
    // One that is named is meant, whatever it leads to.
    (names.isEmpty() ? Walk.distinct(below, listing) : below)
        .forEach(folder -> folders.put(folder.getName(), folder));
    if (folders.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "There is no image in %s: expected files that end in %s, or a folder of such for"
                      + " each",
                  location, String.join(", ", ImageFiles.EXTENSIONS))
              + " category.");
    }
    Map<String, Path> selected = CategoryNames.select(names, folders);
    List<Category> categories = new ArrayList<>();
    List<Path> read = new ArrayList<>();
    selected.forEach(
        (name, folder) -> {
          Category category = PlainFolder.read(name, folder, Split.TEST, listing);
          if (!names.isEmpty()) {
            PlainFolder.requireImages(category, folder.toString(), "score");
          }
          if (!category.test().isEmpty()) {
            categories.add(category);
            read.add(folder);
          }
        });
    folders.values().stream()
        .filter(folder -> !selected.containsValue(folder))
        .forEach(folder -> listing.inventory().pass(folder, PassedOver.Kind.NOT_SELECTED));
    Ledger others = listing.inventory().ledger(listing.root(), read);
    if (categories.isEmpty()) {
      PlainFolder.requireImages(
          new Category(
              String.join(", ", folders.keySet()), List.of(), List.of(), List.of(), others),
          location,
          "score");
    }
    return new Catalogue(PLAIN, categories, others);
  }
}
