package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** How one layout arranges the files of a category. */
interface CategoryRules {

  /** Its name in options. */
  String id();

  /** What it is called, for a person. */
  String title();

  /** The folders that it expects, as a part of a sentence. */
  String expected();

  /** Names of folders that are typical of it, in lower case. */
  Set<String> typicalFolders();

  /** Whether a folder is a category. */
  boolean isCategory(Path folder, FolderListing listing);

  /** Whether the layout is recognised where no one names it. */
  default boolean isRecognisedFor(Purpose purpose) {
    return true;
  }

  /** The folders of the categories of a data set that is not one category itself. */
  default List<Path> categories(FolderListing listing) {
    return FolderListing.folders(listing.list(listing.root())).stream()
        .filter(folder -> isCategory(folder, listing))
        .toList();
  }

  /** Folders next to the categories that the layout knows. */
  default Set<String> otherFolders() {
    return Set.of();
  }

  /** Whether the data set is one category, which may have any name. */
  default boolean hasAnyName() {
    return false;
  }

  /** The roles of the files of one category. */
  CategoryRoles roles(Path folder, FolderListing listing);

  /** What is counted in addition to categories, such as {@code folders}; empty for nothing. */
  default String units() {
    return "";
  }

  /** What to know of how the data set was read, as a part of a sentence; empty for nothing. */
  default String remark() {
    return "";
  }
}
