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
    return list(location, only, purpose, LayoutChoice.mvtecAd(), conf);
  }

  /**
   * The same for a data set in a layout of one's choice, which may be a manifest.
   *
   * @param choice the layouts that it may be in
   */
  public static Catalogue list(
      String location,
      List<String> only,
      Purpose purpose,
      LayoutChoice choice,
      Configuration conf) {
    Optional<Catalogue> manifest = choice.manifest(location, only, purpose, conf);
    if (manifest.isPresent()) {
      return manifest.get();
    }
    try (FolderListing listing = new FolderListing(DataFolder.open(location, conf))) {
      return choice.require(location, listing, purpose).read(listing, only, purpose);
    }
  }

  static Catalogue list(
      String location, List<String> only, Purpose purpose, FolderListing listing) {
    return LayoutChoice.mvtecAd().require(location, listing, purpose).read(listing, only, purpose);
  }

  /**
   * The layout that a folder is in which may as well be a plain folder of images: one with images
   * of its own is in a layout only as one category. A layout that is named must be there.
   */
  static Optional<DataLayout> layoutOfImages(
      String location, FolderListing listing, Purpose purpose, LayoutChoice choice) {
    if (!choice.isAuto()) {
      return Optional.of(choice.require(location, listing, purpose));
    }
    boolean plain = PlainFolder.holdsImages(listing);
    return choice
        .recognise(listing, purpose)
        .filter(layout -> !plain || layout.isOneCategory(listing, purpose));
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
      return "no folders and " + Text.counted(entries.size(), "file", "files");
    }
    List<String> first = new ArrayList<>(folders.subList(0, Math.min(10, folders.size())));
    if (folders.size() > first.size()) {
      first.add("...");
    }
    return "the folders " + String.join(", ", first);
  }
}
