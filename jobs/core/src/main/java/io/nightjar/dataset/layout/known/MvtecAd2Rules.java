package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.known.Role.Use;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * MVTec AD 2 (Heckler-Kram et al. 2025); the light condition is a part of the file's name:
 *
 * <pre>
 * CATEGORY/train/good/000_regular.png
 * CATEGORY/validation/good/000_regular.png
 * CATEGORY/test_public/good/000_overexposed.png
 * CATEGORY/test_public/bad/000_overexposed.png
 * CATEGORY/test_public/ground_truth/bad/000_overexposed_mask.png
 * CATEGORY/test_private/IMAGE          (without labels)
 * CATEGORY/test_private_mixed/IMAGE
 * </pre>
 */
final class MvtecAd2Rules implements CategoryRules {
  private static final List<String> TESTS =
      List.of("test_public", "test_private", "test_private_mixed");

  @Override
  public String id() {
    return "mvtec-ad-2";
  }

  @Override
  public String title() {
    return "MVTec AD 2";
  }

  @Override
  public String expected() {
    return "DIR/<category>/train/good and DIR/<category>/test_public/<defect>";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.copyOf(TESTS);
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    return TESTS.stream().anyMatch(test -> Paths.hasFolder(folder, test, listing));
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        return role(path).inGroup(light(path));
      }

      @Override
      public String maskOf(String path) {
        return "test_public/ground_truth/" + Paths.stem(Paths.below(1, path)) + "_mask.png";
      }
    };
  }

  private static Role role(String path) {
    if (path.startsWith("train/good/")) {
      return Role.train();
    }
    if (path.startsWith("validation/")) {
      return Role.of(Use.NOT_NEEDED);
    }
    if (path.startsWith("test_private")) {
      return Role.of(Use.UNLABELLED);
    }
    if (!path.startsWith("test_public/")) {
      return Role.of(Use.OUTSIDE);
    }
    String below = Paths.below(1, path);
    if (below.startsWith("ground_truth/")) {
      return Role.mask(Paths.without("_mask", Paths.stem(Paths.below(1, below))));
    }
    String kind = below.substring(0, Math.max(0, below.indexOf('/')));
    return kind.isEmpty()
        ? Role.of(Use.OUTSIDE)
        : Role.test(kind, kind.equals(ImageRef.GOOD) ? "" : Paths.stem(below));
  }

  /** What follows the image's number: {@code regular}, {@code overexposed}, {@code shift_1}. */
  private static String light(String path) {
    String stem = Paths.stem(path.substring(path.lastIndexOf('/') + 1));
    return stem.substring(stem.indexOf('_') < 0 ? stem.length() : stem.indexOf('_') + 1);
  }
}
