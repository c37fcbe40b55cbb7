package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.listing.FolderListing;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * The magnetic-tile defect data set (Huang et al. 2020), without parts; masks are next to images:
 *
 * <pre>
 * MT_Free/Imgs/STEM.jpg
 * MT_Free/Imgs/STEM.png
 * MT_Blowhole/Imgs/STEM.jpg    (and MT_Break, MT_Crack, MT_Fray, MT_Uneven)
 * MT_Blowhole/Imgs/STEM.png
 * </pre>
 */
final class MagneticTileRules implements CategoryRules {
  private static final String PREFIX = "MT_";
  private static final String GOOD = "MT_Free";

  @Override
  public String id() {
    return "magnetic-tile";
  }

  @Override
  public String title() {
    return "the magnetic-tile data set";
  }

  @Override
  public String expected() {
    return "DIR/MT_Free/Imgs and DIR/MT_Blowhole/Imgs";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of("imgs", "mt_free", "mt_blowhole", "mt_break", "mt_crack", "mt_fray", "mt_uneven");
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    return FolderListing.folders(listing.list(folder)).stream()
        .filter(kind -> kind.getName().startsWith(PREFIX))
        .anyMatch(kind -> Paths.hasFolder(kind, "Imgs", listing));
  }

  @Override
  public boolean hasAnyName() {
    return true;
  }

  @Override
  public String units() {
    return "folders";
  }

  @Override
  public String remark() {
    return "of whose images without a defect every fifth is for test";
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        String kind = path.substring(0, Math.max(0, path.indexOf('/')));
        if (!kind.startsWith(PREFIX) || !path.startsWith(kind + "/Imgs/")) {
          return Role.of(Role.Use.OUTSIDE);
        }
        String stem = Paths.stem(path);
        if (path.toLowerCase(Locale.ROOT).endsWith(".png")) {
          return Role.mask(stem);
        }
        return kind.equals(GOOD) ? Role.divided(ImageRef.GOOD, stem, stem) : Role.test(kind, stem);
      }

      @Override
      public String maskOf(String path) {
        return Paths.stem(path) + ".png";
      }
    };
  }
}
