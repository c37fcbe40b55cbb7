package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.layout.known.Role.Use;
import io.nightjar.dataset.list.ListTable;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * VisA (Zou et al. 2022) as it is downloaded; its table says which images are for training:
 *
 * <pre>
 * split_csv/1cls.csv
 * CATEGORY/Data/Images/Normal/STEM.JPG
 * CATEGORY/Data/Images/Anomaly/STEM.JPG
 * CATEGORY/Data/Masks/Anomaly/STEM.png
 * </pre>
 */
final class VisaRules implements CategoryRules {
  private static final String NORMAL = "Data/Images/Normal/";
  private static final String ANOMALY = "Data/Images/Anomaly/";
  private static final String MASKS = "Data/Masks/Anomaly/";
  private static final String LISTS = "split_csv";
  private static final String LIST = "1cls.csv";

  @Override
  public String id() {
    return "visa";
  }

  @Override
  public String title() {
    return "VisA";
  }

  @Override
  public String expected() {
    return "DIR/split_csv/1cls.csv and DIR/<category>/Data/Images/Normal";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of(LISTS, "data", "images");
  }

  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    return Paths.hasFolder(folder, "Data/Images/Normal", listing)
        || Paths.hasFolder(folder, "Data/Images/Anomaly", listing);
  }

  @Override
  public Set<String> otherFolders() {
    return Set.of(LISTS);
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    return new Roles(splits(folder, listing));
  }

  /** The part of each image by its path below the category; empty where there is no table. */
  private static Map<String, Split> splits(Path category, FolderListing listing) {
    if (category.equals(listing.root())) {
      return Map.of(); // the table is outside of what was named
    }
    Map<String, Split> splits = new HashMap<>();
    list(listing)
        .ifPresent(
            file -> {
              ListTable table = table(file, listing);
              listing.inventory().use(file);
              table.requireColumns("image", "split");
              String prefix = category.getName() + "/";
              for (ListTable.Row row : table.rows()) {
                String image = row.cell("image");
                if (image.startsWith(prefix)) {
                  splits.put(
                      image.substring(prefix.length()),
                      row.cell("split").equals("train") ? Split.TRAIN : Split.TEST);
                }
              }
            });
    return splits;
  }

  private static Optional<Path> list(FolderListing listing) {
    return Paths.entries(listing.root(), LISTS, listing).stream()
        .filter(entry -> entry.name().equals(LIST) && entry.isFile())
        .map(entry -> entry.path())
        .findFirst();
  }

  private static ListTable table(Path file, FolderListing listing) {
    try {
      return ListTable.of(listing.content(file), file.toString());
    } catch (UnreadableFileException e) {
      throw new InvalidInputException(
          Text.format("The table %s cannot be read. %s", file, e.reason()), e);
    }
  }

  private record Roles(Map<String, Split> splits) implements CategoryRoles {
    @Override
    public Role of(String path) {
      if (path.startsWith(MASKS)) {
        return Role.mask(Paths.stem(path.substring(MASKS.length())));
      }
      boolean normal = path.startsWith(NORMAL);
      if (!normal && !path.startsWith(ANOMALY)) {
        return Role.of(Use.OUTSIDE);
      }
      if (!normal) {
        String key = Paths.stem(path.substring(ANOMALY.length()));
        return splits.isEmpty() || splits.containsKey(path)
            ? Role.test("anomaly", key)
            : Role.of(Use.NOT_LISTED);
      }
      if (splits.isEmpty()) {
        return Role.divided(ImageRef.GOOD, "", path);
      }
      return Optional.ofNullable(splits.get(path))
          .map(split -> split == Split.TRAIN ? Role.train() : Role.test(ImageRef.GOOD, ""))
          .orElse(Role.of(Use.NOT_LISTED));
    }

    @Override
    public String maskOf(String path) {
      return MASKS + Paths.stem(path.substring(path.lastIndexOf('/') + 1)) + ".png";
    }

    @Override
    public Map<String, String> listed() {
      Map<String, String> listed = new HashMap<>();
      splits.keySet().forEach(path -> listed.put(path, LISTS + "/" + LIST));
      return listed;
    }
  }
}
