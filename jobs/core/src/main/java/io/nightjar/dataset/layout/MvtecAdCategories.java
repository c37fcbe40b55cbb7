package io.nightjar.dataset.layout;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.dataset.listing.Walk;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FileNames;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Reads categories in the layout of MVTec AD, the folders of all at the same time. */
final class MvtecAdCategories {
  /** At most so many folders are named in a sentence. */
  private static final int NAMED = 5;

  private final Map<String, Path> folders;
  private final Purpose purpose;
  private final FolderListing listing;
  private final Inventory inventory;

  /**
   * The folders of one category that images and masks are below.
   *
   * @param good of images to learn from
   * @param kinds of test images, by kind of defect; for scoring, the folder of all of them
   * @param masks by kind of defect
   * @param train what is in train and cannot be used
   * @param test the same of test
   * @param brokenMasks the same of ground_truth
   */
  private record Parts(
      List<Path> good,
      List<Path> kinds,
      List<Path> masks,
      List<Entry> train,
      List<Entry> test,
      List<Entry> brokenMasks) {}

  /**
   * @param folders of the categories, by name
   */
  MvtecAdCategories(Map<String, Path> folders, Purpose purpose, FolderListing listing) {
    this.folders = folders;
    this.purpose = purpose;
    this.listing = listing;
    this.inventory = listing.inventory();
  }

  /**
   * The categories, sorted by name.
   *
   * @throws InvalidInputException if one lacks training images that the purpose needs
   */
  List<Category> read() {
    Map<String, Parts> parts = parts();
    List<List<Path>> groups = new ArrayList<>();
    for (Parts part : parts.values()) {
      groups.add(part.good());
      groups.add(part.kinds());
      part.masks().forEach(folder -> groups.add(List.of(folder)));
    }
    Map<Path, List<Entry>> files = Walk.below(groups, listing);
    List<Category> categories = new ArrayList<>();
    folders.forEach(
        (name, folder) -> categories.add(category(name, folder, parts.get(name), files)));
    return categories;
  }

  private Map<String, Parts> parts() {
    Map<Path, List<Entry>> content = listing.list(folders.values());
    List<Path> needed = new ArrayList<>();
    content.values().forEach(entries -> needed.addAll(needed(entries)));
    listing.list(needed);
    Map<String, Parts> parts = new LinkedHashMap<>();
    folders.forEach((name, folder) -> parts.put(name, parts(content.get(folder))));
    return parts;
  }

  /** The folders whose content matters; the others are passed over as they are. */
  private List<Path> needed(List<Entry> category) {
    List<Path> needed = new ArrayList<>();
    for (Entry entry : category) {
      if (isPart(entry.name())) {
        if (entry.kind() == Entry.Kind.UNUSABLE) {
          throw new InvalidInputException(
              Text.format("%s cannot be used. %s Mend or remove it.", entry.path(), entry.fault()));
        }
        if (entry.isFolder() && isNeeded(entry.name())) {
          needed.add(entry.path());
        } else {
          inventory.pass(entry.path(), PassedOver.Kind.NOT_NEEDED);
        }
      }
    }
    return needed;
  }

  private static boolean isPart(String name) {
    return name.equals(MvtecAdLayout.TRAIN)
        || name.equals(MvtecAdLayout.TEST)
        || name.equals(MvtecAdLayout.GROUND_TRUTH);
  }

  private boolean isNeeded(String part) {
    return switch (part) {
      case MvtecAdLayout.TRAIN -> purpose != Purpose.SCORE;
      case MvtecAdLayout.TEST -> purpose.tests();
      default -> purpose.masks();
    };
  }

  private Parts parts(List<Entry> category) {
    List<Path> good = new ArrayList<>();
    List<Path> kinds = new ArrayList<>();
    List<Path> masks = new ArrayList<>();
    List<Entry> train = new ArrayList<>();
    List<Entry> test = new ArrayList<>();
    List<Entry> brokenMasks = new ArrayList<>();
    for (Path part : needed(category)) {
      List<Entry> content = listing.list(part);
      List<Entry> broken = content.stream().filter(MvtecAdCategories::isBroken).toList();
      switch (part.getName()) {
        case MvtecAdLayout.TRAIN -> {
          good.addAll(FolderListing.folderNamed(ImageRef.GOOD, content));
          train.addAll(broken);
        }
        case MvtecAdLayout.TEST -> {
          if (purpose.masks()) {
            kinds.addAll(FolderListing.folders(content));
            test.addAll(broken);
          } else {
            kinds.add(part);
          }
        }
        default -> {
          masks.addAll(FolderListing.folders(content));
          brokenMasks.addAll(broken);
        }
      }
    }
    return new Parts(good, kinds, masks, train, test, brokenMasks);
  }

  private static boolean isBroken(Entry entry) {
    return entry.kind() == Entry.Kind.UNUSABLE;
  }

  private Category category(String name, Path folder, Parts parts, Map<Path, List<Entry>> files) {
    List<ImageRef> train = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    leftOut.addAll(FoundImages.of(parts.train(), Split.TRAIN, folder, listing).leftOut());
    leftOut.addAll(FoundImages.of(parts.test(), Split.TEST, folder, listing).leftOut());
    for (Path good : parts.good()) {
      FoundImages found = FoundImages.of(files.get(good), Split.TRAIN, folder, listing);
      found.images().forEach(image -> train.add(good(name, Split.TRAIN, folder, image)));
      leftOut.addAll(found.leftOut());
    }
    requireTraining(name, folder, train, leftOut, !parts.good().isEmpty());
    if (purpose.onlyCounts()) {
      parts.good().forEach(good -> inventory.pass(good, PassedOver.Kind.NOT_NEEDED));
    }
    List<ImageRef> test = new ArrayList<>();
    Map<String, MaskMatches> masks = masks(parts, files);
    for (Path kind : parts.kinds()) {
      FoundImages found = FoundImages.of(files.get(kind), Split.TEST, folder, listing);
      leftOut.addAll(found.leftOut());
      if (purpose.masks()) {
        MaskMatches ofKind = ofKind(kind.getName(), masks);
        test.addAll(
            new LabelledImages(name, folder, kind, ofKind, inventory).of(found.images(), leftOut));
        leaveOutMasks(kind, found.leftOut(), folder, ofKind);
      } else {
        found.images().forEach(image -> test.add(good(name, Split.TEST, folder, image)));
      }
    }
    if (purpose == Purpose.MAPS && parts.kinds().isEmpty() && parts.test().isEmpty()) {
      masks.forEach(
          (kind, ofKind) -> test.addAll(ImpliedImages.of(name, kind, ofKind, leftOut, inventory)));
    }
    masks.values().stream()
        .flatMap(ofKind -> ofKind.orphans().stream())
        .forEach(mask -> inventory.pass(mask.path(), PassedOver.Kind.ORPHANED_MASK));
    return new Category(name, train, test, leftOut, inventory.ledger(folder, List.of()));
  }

  /** The masks of a kind, whose folder's name may be written in another way that looks the same. */
  private static MaskMatches ofKind(String kind, Map<String, MaskMatches> masks) {
    MaskMatches exact = masks.get(kind);
    if (exact != null) {
      return exact;
    }
    List<MaskMatches> alike =
        masks.entrySet().stream()
            .filter(other -> FileNames.composed(other.getKey()).equals(FileNames.composed(kind)))
            .map(Map.Entry::getValue)
            .toList();
    return alike.size() == 1 ? alike.get(0) : MaskMatches.none("");
  }

  /** The mask of an image that is left out is left out with it. */
  private void leaveOutMasks(Path kind, List<LeftOut> images, Path category, MaskMatches masks) {
    String prefix = Inventory.relative(category, kind) + "/";
    for (LeftOut image : images) {
      String path = image.relativePath().substring(prefix.length());
      String stem = HadoopPaths.name(path).indexOf('.') > 0 ? ImageFiles.stem(path) : path;
      masks.rest(stem).forEach(mask -> inventory.quarantine(mask.path()));
    }
  }

  private static Map<String, MaskMatches> masks(Parts parts, Map<Path, List<Entry>> files) {
    Map<String, MaskMatches> masks = new LinkedHashMap<>();
    parts
        .masks()
        .forEach(
            folder -> masks.put(folder.getName(), new MaskMatches(folder, files.get(folder), "")));
    parts
        .brokenMasks()
        .forEach(
            folder ->
                masks.put(folder.name(), MaskMatches.none(folder.path() + ": " + folder.fault())));
    return masks;
  }

  /** An image without a defect, or one whose label does not count. */
  private static ImageRef good(String category, Split split, Path folder, Entry image) {
    return new ImageRef(
        category,
        split,
        ImageRef.GOOD,
        Inventory.relative(folder, image.path()),
        image.path().toString(),
        "");
  }

  /** What the folder of normal images may be called, in a sentence. */
  private String otherFolders(Path good) {
    Path train = good.getParent();
    List<Path> folders =
        FolderListing.folderNamed(MvtecAdLayout.TRAIN, listing.list(train.getParent())).isEmpty()
            ? List.of()
            : FolderListing.folders(listing.list(train));
    return folders.isEmpty()
        ? ""
        : Text.format(
            " Found %s; rename the folder of normal images to %s.",
            folders.stream()
                .limit(NAMED)
                .map(found -> MvtecAdLayout.TRAIN + "/" + found.getName())
                .collect(Collectors.joining(", ")),
            ImageRef.GOOD);
  }

  private void requireTraining(
      String name, Path folder, List<ImageRef> train, List<LeftOut> leftOut, boolean hasFolder) {
    if (!purpose.learns() || !train.isEmpty()) {
      return;
    }
    List<LeftOut> unusable =
        leftOut.stream().filter(image -> image.split() == Split.TRAIN).toList();
    Path good = new Path(folder, MvtecAdLayout.TRAIN + "/" + ImageRef.GOOD);
    if (unusable.isEmpty() && !hasFolder) {
      throw new InvalidInputException(
          Text.format(
              "Category '%s' has no training images: there is no folder %s.%s",
              name, good, otherFolders(good)));
    }
    throw new InvalidInputException(
        unusable.isEmpty()
            ? Text.format(
                "Category '%s' has no training images: %s holds no file that ends in %s.",
                name, good, String.join(", ", ImageFiles.EXTENSIONS))
            : Text.format(
                "Category '%s' has no training images: %s in %s can%s be used; %s is %s: %s",
                name,
                unusable.size() == 1
                    ? "the only one"
                    : Text.format("none of the %d", unusable.size()),
                good,
                unusable.size() == 1 ? "not" : "",
                unusable.size() == 1 ? "it" : "the first",
                unusable.get(0).relativePath(),
                unusable.get(0).reason()));
  }
}
