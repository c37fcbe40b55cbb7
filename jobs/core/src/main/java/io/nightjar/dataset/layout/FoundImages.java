package io.nightjar.dataset.layout;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.UnreadFormat;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FileKinds;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * The images among what is below a folder of images. Whatever a person would take for an image, and
 * that cannot be one here, is left out with a reason; the inventory knows of all of them.
 *
 * @param images files that can be read as far as their names say, sorted by path
 * @param leftOut the others, by their paths below the category
 */
public record FoundImages(List<Entry> images, List<LeftOut> leftOut) {

  /**
   * Sorts out what was found.
   *
   * @param entries below one folder of images
   * @param split the part of the category that they belong to
   * @param category the category's folder, which names are relative to
   */
  public static FoundImages of(
      List<Entry> entries, Split split, Path category, FolderListing listing) {
    Inventory inventory = listing.inventory();
    List<Entry> named = entries.stream().filter(FoundImages::isImage).toList();
    MasksAmongImages masks = new MasksAmongImages(named, listing);
    UnknownFiles unknown = new UnknownFiles(entries, listing);
    List<Entry> images = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<String> readable = named.stream().map(FoundImages::stem).collect(Collectors.toSet());
    for (Entry entry : entries) {
      if (masks.contains(entry)) {
        inventory.pass(entry.path(), PassedOver.Kind.MASK_AMONG_IMAGES);
        continue;
      }
      if (isImage(entry)) {
        images.add(entry);
        inventory.use(entry.path());
        continue;
      }
      reason(entry, readable)
          .or(() -> unknown.reason(entry))
          .ifPresent(
              reason -> {
                inventory.quarantine(entry.path());
                leftOut.add(new LeftOut(split, Inventory.relative(category, entry.path()), reason));
              });
    }
    return new FoundImages(images, leftOut);
  }

  private static boolean isImage(Entry entry) {
    return entry.isFile() && ImageFiles.isImage(entry.name());
  }

  private static String stem(Entry entry) {
    return ImageFiles.stem(entry.path().toString());
  }

  private static Optional<String> reason(Entry entry, Set<String> readable) {
    String name = entry.name();
    if (entry.kind() == Entry.Kind.UNUSABLE) {
      boolean mayBeImages =
          ImageFiles.isImage(name)
              || FileKinds.unreadImageType(name).isPresent()
              || FileKinds.isUnknown(name);
      return mayBeImages ? Optional.of(entry.fault()) : Optional.empty();
    }
    // A preview next to an image that is read is no image of its own.
    return entry.isFile() && !readable.contains(name.contains(".") ? stem(entry) : name)
        ? FileKinds.unreadImageType(name).map(UnreadFormat::refusal)
        : Optional.empty();
  }
}
