package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * KolektorSDD (Tabernik et al. 2019). Every image has a label image, which is black where there is
 * no defect; the data set has no parts:
 *
 * <pre>
 * kos01/Part0.jpg
 * kos01/Part0_label.bmp
 * </pre>
 */
final class KsddRules implements CategoryRules {
  private static final Pattern ITEM = Pattern.compile("kos\\d+", Pattern.CASE_INSENSITIVE);
  private static final String LABEL = "_label";

  @Override
  public String id() {
    return "ksdd";
  }

  @Override
  public String title() {
    return "KolektorSDD";
  }

  @Override
  public String expected() {
    return "DIR/kos01/Part0.jpg and DIR/kos01/Part0_label.bmp";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of("kos01", "kos02", "kos50", "kolektorsdd");
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    List<Path> items =
        FolderListing.folders(listing.list(folder)).stream()
            .filter(item -> ITEM.matcher(item.getName()).matches())
            .limit(1)
            .toList();
    return items.stream()
        .flatMap(item -> listing.list(item).stream())
        .map(Entry::name)
        .anyMatch(name -> Paths.endsWith(LABEL, Paths.stem(name)));
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
    return "of which every fifth with images without a defect has these for test";
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        String item = Paths.folder(path);
        if (!ITEM.matcher(item).matches()) {
          return Role.of(Role.Use.OUTSIDE);
        }
        String stem = Paths.stem(path);
        return Paths.endsWith(LABEL, stem)
            ? Role.mask(Paths.without(LABEL, stem))
            : Role.divided("", stem, item);
      }

      @Override
      public String maskOf(String path) {
        return Paths.stem(path) + "_label.bmp";
      }
    };
  }
}
