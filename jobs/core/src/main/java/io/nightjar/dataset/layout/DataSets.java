package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Lists data sets in any of the known layouts, on any file system that Hadoop knows. */
public final class DataSets {
  /** In the order in which they are asked. */
  private static final List<DataLayout> LAYOUTS = List.of(new MvtecAdLayout());

  private DataSets() {}

  /**
   * The categories of a data set.
   *
   * @param location its folder, as any Hadoop path; without a scheme, on the default file system
   * @param only the categories to list; empty for all
   * @throws InvalidInputException where there is no such folder, file system or category, the
   *     folder is in no known layout, or a category lacks what the purpose needs
   */
  public static Catalogue list(
      String location, List<String> only, Purpose purpose, Configuration conf) {
    try (FolderListing listing = new FolderListing(DataFolder.open(location, conf))) {
      return list(location, only, purpose, listing);
    }
  }

  static Catalogue list(
      String location, List<String> only, Purpose purpose, FolderListing listing) {
    return layout(listing, purpose)
        .orElseThrow(() -> unknown(location, listing))
        .read(listing, only, purpose);
  }

  /** The layout that a folder is in. */
  static Optional<DataLayout> layout(FolderListing listing, Purpose purpose) {
    return LAYOUTS.stream().filter(layout -> layout.recognises(listing, purpose)).findFirst();
  }

  /**
   * The layout that a folder is in which may as well be a plain folder of images: one with images
   * of its own is in a layout only as one category.
   */
  static Optional<DataLayout> layoutOfImages(FolderListing listing, Purpose purpose) {
    boolean plain = PlainFolder.holdsImages(listing);
    return layout(listing, purpose)
        .filter(layout -> !plain || layout.isOneCategory(listing, purpose));
  }

  static InvalidInputException unknown(String location, FolderListing listing) {
    return new InvalidInputException(
        Text.format(
            "There is no category in %s: expected %s, found %s.",
            location, LAYOUTS.get(0).expected(), found(listing)));
  }

  /** The folders and the number of files, as a part of a sentence. */
  static String found(FolderListing listing) {
    List<Entry> entries = listing.list(listing.root());
    if (entries.isEmpty()) {
      return "an empty directory";
    }
    List<String> folders =
        FolderListing.folders(entries).stream().map(folder -> folder.getName()).toList();
    if (folders.isEmpty()) {
      return Text.format("no folders and %d files", entries.size());
    }
    List<String> first = new ArrayList<>(folders.subList(0, Math.min(10, folders.size())));
    if (folders.size() > first.size()) {
      first.add("...");
    }
    return "the folders " + String.join(", ", first);
  }
}
