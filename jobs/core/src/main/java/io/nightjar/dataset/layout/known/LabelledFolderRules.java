package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.listing.FolderListing;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * Folders of normal and defective images, as anomalib's {@code Folder} reads them:
 *
 * <pre>
 * normal/IMAGE             (or good, ok)
 * normal_test/IMAGE        (or test_normal, good_test, test_good; else every fifth of normal)
 * DEFECT/STEM.png          (any other name, such as abnormal)
 * masks/DEFECT/STEM.png    (or mask, ground_truth; STEM_mask; without DEFECT where there is one)
 * </pre>
 */
final class LabelledFolderRules implements CategoryRules {
  private static final List<String> NORMAL = List.of("normal", "good", "ok");
  private static final List<String> TEST =
      List.of("normal_test", "test_normal", "good_test", "test_good", "ok_test", "test_ok");
  private static final List<String> MASKS = List.of("masks", "mask", "ground_truth");

  @Override
  public String id() {
    return "folder";
  }

  @Override
  public String title() {
    return "folders of normal and defective images";
  }

  @Override
  public String expected() {
    return "DIR/normal, DIR/<defect> and DIR/masks/<defect>";
  }

  @Override
  public Set<String> typicalFolders() {
    return Stream.of(NORMAL, TEST, MASKS, List.of("abnormal", "bad", "defect", "defective", "ng"))
        .flatMap(List::stream)
        .filter(name -> !name.equals("ground_truth"))
        .collect(Collectors.toSet());
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    Set<String> names = names(folder, listing);
    return NORMAL.stream().anyMatch(names::contains) && names.size() > 1;
  }

  /** A plain folder of folders of images may have one of that name. */
  @Override
  public boolean isRecognisedFor(Purpose purpose) {
    return purpose.masks();
  }

  @Override
  public String remark() {
    return "every fifth normal image for test where no folder normal_test is there";
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new Roles(names(folder, listing));
  }

  private static Set<String> names(Path folder, FolderListing listing) {
    return FolderListing.folders(listing.list(folder)).stream()
        .map(entry -> lower(entry.getName()))
        .collect(Collectors.toSet());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static final class Roles implements CategoryRoles {
    private final boolean hasTest;
    private final String only;

    Roles(Set<String> names) {
      this.hasTest = TEST.stream().anyMatch(names::contains);
      Set<String> kinds = new HashSet<>(names);
      List.of(NORMAL, TEST, MASKS).forEach(kinds::removeAll);
      this.only = kinds.size() == 1 ? kinds.iterator().next() : "";
    }

    @Override
    public Role of(String path) {
      int slash = path.indexOf('/');
      if (slash < 0) {
        return Role.of(Role.Use.OUTSIDE);
      }
      String top = path.substring(0, slash);
      String stem = Paths.stem(path.substring(slash + 1));
      if (NORMAL.contains(lower(top))) {
        return hasTest ? Role.train() : Role.divided(ImageRef.GOOD, "", path);
      }
      if (TEST.contains(lower(top))) {
        return Role.test(ImageRef.GOOD, "");
      }
      if (MASKS.contains(lower(top))) {
        String key = Paths.without("_mask", stem);
        boolean ofKind = lower(key).startsWith(only + "/");
        return Role.mask(only.isEmpty() || ofKind ? lowerKind(key) : only + "/" + key);
      }
      return Role.test(top, lower(top) + "/" + stem);
    }

    private static String lowerKind(String key) {
      int slash = key.indexOf('/');
      return slash < 0 ? key : lower(key.substring(0, slash)) + key.substring(slash);
    }

    @Override
    public String maskOf(String path) {
      return "masks/" + Paths.stem(path) + ".png";
    }
  }
}
