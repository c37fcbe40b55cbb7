package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.known.Role.Use;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * MVTec 3D-AD (Bergmann et al. 2022), of which the colour images are read:
 *
 * <pre>
 * CATEGORY/train/good/rgb/IMAGE
 * CATEGORY/validation/good/rgb/IMAGE
 * CATEGORY/test/DEFECT/rgb/STEM.png    (DEFECT good as well)
 * CATEGORY/test/DEFECT/gt/STEM.png
 * CATEGORY/.../xyz/STEM.tiff           (three-dimensional points)
 * </pre>
 */
final class Mvtec3dRules implements CategoryRules {
  private static final String RGB = "rgb";

  @Override
  public String id() {
    return "mvtec-3d-ad";
  }

  @Override
  public String title() {
    return "MVTec 3D-AD";
  }

  @Override
  public String expected() {
    return "DIR/<category>/train/good/rgb and DIR/<category>/test/<defect>/rgb";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of(RGB, "xyz", "gt");
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    List<Path> kinds =
        Paths.contentOf(folder, "test", listing).stream()
            .flatMap(test -> FolderListing.folders(listing.list(test)).stream())
            .limit(1)
            .toList();
    return kinds.isEmpty()
        ? Paths.hasFolder(folder, "train/good/rgb", listing)
        : Paths.hasFolder(kinds.get(0), RGB, listing);
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        List<String> parts = List.of(path.split("/", 4));
        if (parts.size() < 4) {
          return Role.of(Use.OUTSIDE);
        }
        String part = parts.get(0);
        String kind = parts.get(1);
        boolean image = parts.get(2).equals(RGB);
        if (part.equals("validation") || parts.get(2).equals("xyz")) {
          return Role.of(Use.NOT_NEEDED);
        }
        if (part.equals("train")) {
          return image && kind.equals(ImageRef.GOOD) ? Role.train() : Role.of(Use.NOT_NEEDED);
        }
        String key = kind + "/" + Paths.stem(parts.get(3));
        if (part.equals("test") && image) {
          return Role.test(kind, key);
        }
        return part.equals("test") && parts.get(2).equals("gt")
            ? Role.mask(key)
            : Role.of(Use.OUTSIDE);
      }

      @Override
      public String maskOf(String path) {
        return Paths.stem(path).replaceFirst("/rgb/", "/gt/") + ".png";
      }
    };
  }
}
