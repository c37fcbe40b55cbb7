package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;
import java.util.Set;

/**
 * One way in which data sets arrange their folders. {@link DataSets} asks the layouts in turn.
 *
 * <p>A layout marks in the listing's {@link io.nightjar.dataset.listing.Inventory} which entries it
 * uses and which it leaves out; all others are passed over by their names.
 */
public interface DataLayout {

  /** Its name in options, such as {@code mvtec-ad}. */
  String id();

  /** What it is called, for a person, such as {@code MVTec AD}. */
  String title();

  /** Names of folders that are typical of it, in lower case, to guess which layout was meant. */
  Set<String> typicalFolders();

  /** The folders that it expects, as a part of a sentence. */
  String expected();

  /** Whether the folder that the listing begins at is in this layout. */
  boolean recognises(FolderListing listing, Purpose purpose);

  /** Whether a folder is taken to be in this layout where no one names it. */
  default boolean isRecognisedFor(Purpose purpose) {
    return true;
  }

  /** Whether that folder is itself one category, and not a folder of categories. */
  boolean isOneCategory(FolderListing listing, Purpose purpose);

  /**
   * The categories of a folder that is in this layout.
   *
   * @param only the categories to list; empty for all
   * @throws io.nightjar.error.InvalidInputException if a category that is named is not there, or
   *     one lacks what the purpose needs
   */
  Catalogue read(FolderListing listing, List<String> only, Purpose purpose);
}
