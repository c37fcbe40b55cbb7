package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Walk;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Lists a data set in the layout of MVTec AD, on any file system that Hadoop knows:
 *
 * <pre>
 * ROOT/CATEGORY/train/good/IMAGE
 * ROOT/CATEGORY/test/good/IMAGE
 * ROOT/CATEGORY/test/DEFECT/STEM.png
 * ROOT/CATEGORY/ground_truth/DEFECT/STEM_mask.png    (or STEM.png)
 * </pre>
 *
 * Every image below {@code train/good}, {@code test/DEFECT} and {@code ground_truth/DEFECT} counts,
 * in sub-folders as well; a mask is in the same sub-folder as its image. Images and masks end in
 * png, jpg, jpeg, bmp, tif or tiff, in upper or lower case. Names that start with {@code .} or
 * {@code _} are passed over, and so are folders that contain neither train nor test. ROOT may also
 * be one category's own folder.
 */
public final class MvtecAdLayout implements DataLayout {
  static final String TRAIN = "train";
  static final String TEST = "test";
  static final String GROUND_TRUTH = "ground_truth";

  /** The categories below a directory with training and test images, sorted by name. */
  public static List<Category> list(String root, List<String> only, Configuration conf) {
    return DataSets.list(root, only, Purpose.EVALUATE, conf).categories();
  }

  /**
   * The categories below a directory, as {@link #list}, of which only the test images are needed:
   * training images may be absent.
   */
  public static List<Category> listForTest(String root, List<String> only, Configuration conf) {
    return DataSets.list(root, only, Purpose.TEST, conf).categories();
  }

  @Override
  public String id() {
    return "mvtec-ad";
  }

  @Override
  public String title() {
    return "MVTec AD";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of(TRAIN, TEST, GROUND_TRUTH);
  }

  @Override
  public String expected() {
    return "DIR/<category>/train/good and DIR/<category>/test/<defect>";
  }

  @Override
  public boolean recognises(FolderListing listing, Purpose purpose) {
    return isOneCategory(listing, purpose) || !withParts(listing, purpose).isEmpty();
  }

  @Override
  public Catalogue read(FolderListing listing, List<String> only, Purpose purpose) {
    Map<String, Path> all = new TreeMap<>();
    if (isOneCategory(listing, purpose)) {
      all.put(listing.root().getName(), listing.root());
    } else {
      List<Path> folders = withParts(listing, purpose);
      // One that is named is meant, whatever it leads to.
      (only.isEmpty() ? Walk.distinct(folders, listing) : folders)
          .forEach(folder -> all.put(folder.getName(), folder));
      settleOthers(listing, folders);
    }
    Map<String, Path> selected = CategoryNames.select(only, all);
    all.values().stream()
        .filter(folder -> !selected.containsValue(folder))
        .forEach(folder -> listing.inventory().pass(folder, PassedOver.Kind.NOT_SELECTED));
    List<Category> categories = new MvtecAdCategories(selected, purpose, listing).read();
    Ledger others = listing.inventory().ledger(listing.root(), selected.values());
    return new Catalogue("MVTec AD's layout", id(), categories, others);
  }

  private static void settleOthers(FolderListing listing, Collection<Path> categories) {
    for (Entry entry : listing.list(listing.root())) {
      if (entry.kind() == Entry.Kind.UNUSABLE && entry.name().indexOf('.') < 0) {
        throw new InvalidInputException(
            Text.format(
                "%s may be a category, but cannot be used. %s Mend or remove it.",
                entry.path(), entry.fault()));
      }
      if (entry.isFolder() && !categories.contains(entry.path())) {
        listing.inventory().pass(entry.path(), PassedOver.Kind.NO_CATEGORY);
      }
    }
  }

  /** The folders that are categories by what is in them. */
  private static List<Path> withParts(FolderListing listing, Purpose purpose) {
    List<Path> folders = FolderListing.folders(listing.list(listing.root()));
    Map<Path, List<Entry>> below = listing.list(folders);
    return folders.stream().filter(folder -> hasParts(below.get(folder), purpose)).toList();
  }

  private static boolean hasParts(List<Entry> content, Purpose purpose) {
    List<String> parts = new ArrayList<>(List.of(TRAIN, TEST));
    if (purpose.knowsMasksAlone()) {
      parts.add(GROUND_TRUTH);
    }
    return parts.stream().anyMatch(part -> !FolderListing.folderNamed(part, content).isEmpty());
  }

  /**
   * A category has training images, or, where no folder below it is a category, folders of test
   * images or of masks.
   */
  @Override
  public boolean isOneCategory(FolderListing listing, Purpose purpose) {
    List<Entry> entries = listing.list(listing.root());
    Map<Path, List<Entry>> below = listing.list(FolderListing.folders(entries));
    boolean learns =
        FolderListing.folderNamed(TRAIN, entries).stream()
            .anyMatch(
                train -> !FolderListing.folderNamed(ImageRef.GOOD, below.get(train)).isEmpty());
    if (learns) {
      return true;
    }
    List<String> parts = purpose.knowsMasksAlone() ? List.of(TEST, GROUND_TRUTH) : List.of(TEST);
    return withParts(listing, purpose).isEmpty()
        && parts.stream()
            .flatMap(part -> FolderListing.folderNamed(part, entries).stream())
            .anyMatch(part -> !FolderListing.folders(below.get(part)).isEmpty());
  }
}
