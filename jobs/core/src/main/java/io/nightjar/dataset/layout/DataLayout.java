package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;

/**
 * One way in which data sets arrange their folders. {@link DataSets} asks the layouts in turn.
 *
 * <p>A layout marks in the listing's {@link io.nightjar.dataset.listing.Inventory} which entries it
 * uses and which it leaves out; all others are passed over by their names.
 */
interface DataLayout {

  /** Its name in options, such as {@code mvtec-ad}. */
  String id();

  /** The folders that it expects, as a part of a sentence. */
  String expected();

  /** Whether the folder that the listing begins at is in this layout. */
  boolean recognises(FolderListing listing, Purpose purpose);

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
