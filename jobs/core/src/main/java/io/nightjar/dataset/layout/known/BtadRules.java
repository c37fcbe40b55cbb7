package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.listing.FolderListing;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * BTAD, the beanTech anomaly detection data set (Mishra et al. 2021):
 *
 * <pre>
 * CATEGORY/train/ok/IMAGE
 * CATEGORY/test/ok/IMAGE
 * CATEGORY/test/ko/STEM.bmp
 * CATEGORY/ground_truth/ko/STEM.png    (or .bmp)
 * </pre>
 */
final class BtadRules implements CategoryRules {
  private static final String OK = "ok";

  @Override
  public String id() {
    return "btad";
  }

  @Override
  public String title() {
    return "BTAD";
  }

  @Override
  public String expected() {
    return "DIR/<category>/train/ok and DIR/<category>/test/ko";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of(OK, "ko");
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    boolean mvtecAd = Paths.hasFolder(folder, "train/good", listing);
    return !mvtecAd
        && (Paths.hasFolder(folder, "train/ok", listing)
            || Paths.hasFolder(folder, "test/ok", listing)
            || Paths.hasFolder(folder, "test/ko", listing));
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        if (path.startsWith("train/ok/")) {
          return Role.train();
        }
        if (path.startsWith("test/ok/")) {
          return Role.test(ImageRef.GOOD, "");
        }
        String key = Paths.stem(Paths.below(1, path));
        if (path.startsWith("test/") && key.contains("/")) {
          return Role.test(key.substring(0, key.indexOf('/')), key);
        }
        return path.startsWith("ground_truth/") && key.contains("/")
            ? Role.mask(Paths.without("_mask", key)) // where somebody named them as MVTec AD does
            : Role.of(Role.Use.OUTSIDE);
      }

      @Override
      public String maskOf(String path) {
        return "ground_truth/" + Paths.stem(Paths.below(1, path)) + ".png";
      }
    };
  }
}
