package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * KolektorSDD2 (Bozic et al. 2021). Every image has a mask, which is black where there is no
 * defect; defective training images are passed over:
 *
 * <pre>
 * train/10000.png
 * train/10000_GT.png
 * test/20000.png
 * test/20000_GT.png
 * </pre>
 */
final class Ksdd2Rules implements CategoryRules {
  private static final String MASK = "_GT";

  @Override
  public String id() {
    return "ksdd2";
  }

  @Override
  public String title() {
    return "KolektorSDD2";
  }

  @Override
  public String expected() {
    return "DIR/train/10000.png and DIR/train/10000_GT.png";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of("kolektorsdd2", "ksdd2");
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    return Stream.of("train", "test")
        .flatMap(part -> Paths.entries(folder, part, listing).stream())
        .filter(entry -> !entry.isFolder())
        .map(Entry::name)
        .anyMatch(name -> Paths.stem(name).endsWith(MASK));
  }

  @Override
  public boolean hasAnyName() {
    return true;
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new CategoryRoles() {
      @Override
      public Role of(String path) {
        String part = Paths.folder(path);
        String stem = Paths.stem(path);
        if (!part.equals("train") && !part.equals("test")) {
          return Role.of(Role.Use.OUTSIDE);
        }
        if (stem.endsWith(MASK)) {
          return Role.mask(stem.substring(0, stem.length() - MASK.length()));
        }
        return part.equals("train") ? Role.train().labelled("", stem) : Role.test("", stem);
      }

      @Override
      public String maskOf(String path) {
        return Paths.stem(path) + "_GT.png";
      }
    };
  }
}
