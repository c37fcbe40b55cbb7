package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * MVTec LOCO AD (Bergmann et al. 2022), with a folder of masks for each defective image:
 *
 * <pre>
 * CATEGORY/train/good/IMAGE
 * CATEGORY/validation/good/IMAGE
 * CATEGORY/test/good/IMAGE
 * CATEGORY/test/logical_anomalies/STEM.png       (or structural_anomalies)
 * CATEGORY/ground_truth/logical_anomalies/STEM/000.png
 * CATEGORY/defects_config.json
 * </pre>
 */
final class MvtecLocoRules implements CategoryRules {
  private static final String LOGICAL = "logical_anomalies";
  private static final String STRUCTURAL = "structural_anomalies";

  @Override
  public String id() {
    return "mvtec-loco";
  }

  @Override
  public String title() {
    return "MVTec LOCO AD";
  }

  @Override
  public String expected() {
    return "DIR/<category>/train/good and DIR/<category>/test/logical_anomalies";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of(LOGICAL, STRUCTURAL);
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    return Paths.hasFolder(folder, "test/" + LOGICAL, listing)
        || Paths.hasFolder(folder, "test/" + STRUCTURAL, listing);
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        if (path.startsWith("train/good/")) {
          return Role.train();
        }
        if (path.startsWith("validation/")) {
          return Role.of(Role.Use.NOT_NEEDED);
        }
        String below = Paths.below(1, path);
        String kind = below.substring(0, Math.max(0, below.indexOf('/')));
        if (path.startsWith("test/") && !kind.isEmpty()) {
          return Role.test(kind, kind.equals(ImageRef.GOOD) ? "" : Paths.stem(below));
        }
        return path.startsWith("ground_truth/") && Paths.folder(below).contains("/")
            ? Role.mask(Paths.folder(below))
            : Role.of(Role.Use.OUTSIDE);
      }

      @Override
      public boolean allowsManyMasks() {
        return true;
      }

      @Override
      public Optional<Path> saturation() {
        return listing.list(folder).stream()
            .filter(entry -> entry.isFile() && entry.name().equals(SaturationAreas.FILE))
            .map(Entry::path)
            .findFirst();
      }

      @Override
      public String maskOf(String path) {
        return "ground_truth/" + Paths.stem(Paths.below(1, path)) + "/000.png";
      }
    };
  }
}
