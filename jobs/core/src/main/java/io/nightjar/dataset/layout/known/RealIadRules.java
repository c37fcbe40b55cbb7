package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.layout.known.Role.Use;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Real-IAD (Wang et al. 2024), whose JSON files say what each image is; of several resolutions the
 * highest is read. A folder holds the views of one item:
 *
 * <pre>
 * realiad_jsons/realiad_jsons/CATEGORY.json    (or realiad_jsons/CATEGORY.json)
 * realiad_1024/CATEGORY/OK/S0001/CATEGORY_0001_OK_C1_TIME.jpg
 * realiad_1024/CATEGORY/NG/DEFECT/S0001/CATEGORY_0001_NG_DEFECT_C1_TIME.jpg and ..._mask.png
 * </pre>
 */
final class RealIadRules implements CategoryRules {
  private static final String LISTS = "realiad_jsons";
  private static final Pattern IMAGES = Pattern.compile("realiad_(\\d+|raw)");

  /** The camera in a file's name. */
  private static final Pattern VIEW = Pattern.compile("_(C\\d+)_");

  @Override
  public String id() {
    return "real-iad";
  }

  @Override
  public String title() {
    return "Real-IAD";
  }

  @Override
  public String expected() {
    return "DIR/realiad_1024/<category> and DIR/realiad_jsons/realiad_jsons/<category>.json";
  }

  @Override
  public Set<String> typicalFolders() {
    return Set.of(LISTS, "realiad_256", "realiad_512", "realiad_1024", "realiad_raw");
  }

  /** Without the JSON files next to it, nothing says what the images are. */
  @Override
  public boolean isCategory(Path folder, FolderListing listing) {
    return false;
  }

  @Override
  public List<Path> categories(FolderListing listing) {
    return images(listing).stream()
        .flatMap(images -> FolderListing.folders(listing.list(images)).stream())
        .filter(category -> list(category.getName(), listing).isPresent())
        .toList();
  }

  @Override
  public Set<String> otherFolders() {
    return Set.of(LISTS);
  }

  /** The folder of the highest resolution. */
  private static Optional<Path> images(FolderListing listing) {
    return FolderListing.folders(listing.list(listing.root())).stream()
        .filter(folder -> IMAGES.matcher(folder.getName()).matches())
        .max(Comparator.comparingInt(RealIadRules::resolution));
  }

  private static int resolution(Path folder) {
    Matcher matcher = IMAGES.matcher(folder.getName());
    return matcher.matches() && !matcher.group(1).equals("raw")
        ? Integer.parseInt(matcher.group(1))
        : 0; // photos as they were taken are the last choice, since no figures are known of them
  }

  private static Optional<Path> list(String category, FolderListing listing) {
    List<Entry> inner = Paths.entries(listing.root(), LISTS + "/" + LISTS, listing);
    List<Entry> entries = inner.isEmpty() ? Paths.entries(listing.root(), LISTS, listing) : inner;
    return entries.stream()
        .filter(entry -> entry.isFile() && entry.name().equals(category + ".json"))
        .map(Entry::path)
        .findFirst();
  }

  @Override
  public CategoryRoles roles(Path folder, FolderListing listing) {
    Path file = list(folder.getName(), listing).orElseThrow();
    RealIadList list = RealIadList.read(file, listing);
    listing.inventory().use(file);
    return new Roles(roles(list), listing.inventory().relative(file));
  }

  private static Map<String, Role> roles(RealIadList list) {
    Map<String, Role> roles = new HashMap<>();
    for (RealIadList.Image image : list.images()) {
      Matcher view = VIEW.matcher(image.path());
      Role role =
          image.isTraining()
              ? Role.train().labelled(image.label(), image.path())
              : Role.test(image.label(), image.path());
      roles.put(
          image.path(),
          role.inGroup(view.find() ? view.group(1) : "").ofItem(Paths.folder(image.path())));
      image.mask().ifPresent(mask -> roles.put(mask, Role.mask(image.path())));
    }
    return roles;
  }

  private record Roles(Map<String, Role> roles, String list) implements CategoryRoles {
    @Override
    public Role of(String path) {
      return roles.getOrDefault(path, Role.of(Use.NOT_LISTED));
    }

    @Override
    public String maskOf(String path) {
      return "the mask that " + list + " names";
    }

    @Override
    public Map<String, String> listed() {
      Map<String, String> listed = new HashMap<>();
      roles.forEach(
          (path, role) -> {
            if (role.isImage()) {
              listed.put(path, list);
            }
          });
      return listed;
    }
  }
}
