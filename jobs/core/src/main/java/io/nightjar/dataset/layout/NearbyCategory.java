package io.nightjar.dataset.layout;

import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Looks for what may have been meant, where a folder holds no category: one some folders deeper, or
 * one whose folders differ in upper and lower case.
 */
final class NearbyCategory {
  private static final int LEVELS = 3;

  /** Of one level; a folder of photos by day has thousands. */
  private static final int FOLDERS = 100;

  private final FolderListing listing;

  NearbyCategory(FolderListing listing) {
    this.listing = listing;
  }

  /** What to do, as a sentence; empty where nothing was found. */
  Optional<String> remedy() {
    List<Path> level = List.of(listing.root());
    for (int depth = 0; depth <= LEVELS && !level.isEmpty(); depth++) {
      Map<Path, List<Entry>> content = listing.list(level);
      for (Map.Entry<Path, List<Entry>> folder : content.entrySet()) {
        Optional<String> found = remedy(folder.getKey(), FolderListing.folders(folder.getValue()));
        if (found.isPresent()) {
          return found;
        }
      }
      level =
          content.values().stream()
              .flatMap(entries -> FolderListing.folders(entries).stream())
              .limit(FOLDERS)
              .toList();
    }
    return Optional.empty();
  }

  private Optional<String> remedy(Path folder, List<Path> children) {
    Optional<Path> train = like(MvtecAdLayout.TRAIN, children);
    Optional<Path> test = like(MvtecAdLayout.TEST, children);
    if (train.isEmpty() || test.isEmpty()) {
      return Optional.empty();
    }
    boolean isExact =
        train.get().getName().equals(MvtecAdLayout.TRAIN)
            && test.get().getName().equals(MvtecAdLayout.TEST);
    if (!isExact) {
      return Optional.of(
          Text.format(
              " %s and %s differ from what is expected in upper and lower case; rename them, and"
                  + " the folders below them likewise.",
              relative(train.get()), relative(test.get())));
    }
    return folder.equals(listing.root())
        ? Optional.empty()
        : Optional.of(
            Text.format(
                " %s looks like a category; name the folder that it is in, %s.",
                relative(folder), folder.getParent()));
  }

  private static Optional<Path> like(String name, List<Path> folders) {
    return folders.stream()
        .filter(folder -> folder.getName().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  private String relative(Path path) {
    return Inventory.relative(listing.root(), path);
  }
}
