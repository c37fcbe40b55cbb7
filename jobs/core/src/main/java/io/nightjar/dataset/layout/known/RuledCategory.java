package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.SaturationAreas;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.layout.FoundImages;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.layout.known.Role.Use;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/** Reads one category by the roles of its files, and settles what becomes of each. */
final class RuledCategory {
  /** Of images without parts, every so many-th unit without defects is for test. */
  private static final int TEST_EVERY = 5;

  private final String name;
  private final Path folder;
  private final CategoryRoles roles;
  private final Purpose purpose;
  private final FolderListing listing;
  private final Inventory inventory;
  private final MasksByKey masks;
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final List<ImageRef> train = new ArrayList<>();
  private final List<ImageRef> test = new ArrayList<>();

  RuledCategory(
      String name, Path folder, CategoryRoles roles, Purpose purpose, FolderListing listing) {
    this.name = name;
    this.folder = folder;
    this.roles = roles;
    this.purpose = purpose;
    this.listing = listing;
    this.inventory = listing.inventory();
    this.masks = new MasksByKey(folder, roles, listing);
  }

  /**
   * The category.
   *
   * @param entries all that is below its folder
   * @throws InvalidInputException if it lacks training images that the purpose needs
   */
  Category read(List<Entry> entries) {
    Map<Use, List<Entry>> byUse = new EnumMap<>(Use.class);
    entries.forEach(
        entry -> byUse.computeIfAbsent(role(entry).use(), first -> new ArrayList<>()).add(entry));
    byUse.getOrDefault(Use.MASK, List.of()).forEach(masks::add);
    pass(byUse.getOrDefault(Use.NOT_NEEDED, List.of()), PassedOver.Kind.NOT_NEEDED);
    pass(images(byUse.getOrDefault(Use.NOT_LISTED, List.of())), PassedOver.Kind.NOT_LISTED);
    Map<Entry, Role> images = new LinkedHashMap<>();
    for (Use use : List.of(Use.TRAIN, Use.TEST, Use.DIVIDED, Use.UNLABELLED)) {
      find(byUse.getOrDefault(use, List.of()), use, images);
    }
    absent(images.keySet());
    Map<Entry, Role> labelled = labelled(images);
    masks.countSharing(labelled);
    Set<String> testUnits = testUnits(labelled.values());
    labelled.forEach((image, role) -> settle(image, role, testUnits));
    if (purpose.masks()) {
      leftOut.forEach(image -> masks.quarantineRest(roles.of(image.relativePath()).key()));
    }
    masks.passOthers(purpose.masks());
    requireTraining();
    // Before the ledger, which says that the file was read.
    SaturationAreas saturation = saturation();
    return new Category(
        name, train, test, leftOut, inventory.ledger(folder, List.of()), saturation);
  }

  /** How much of each defect must be found, where masks are measured and the data set states it. */
  private SaturationAreas saturation() {
    Optional<Path> file =
        purpose.masks() && purpose != Purpose.DESCRIBE ? roles.saturation() : Optional.empty();
    if (file.isEmpty()) {
      return SaturationAreas.NONE;
    }
    try {
      SaturationAreas areas =
          SaturationAreas.parse(listing.content(file.get()), file.get().toString());
      inventory.use(file.get());
      return areas;
    } catch (UnreadableFileException e) {
      throw new InvalidInputException(
          Text.format("The saturation thresholds in %s cannot be read. %s", file.get(), e.reason()),
          e);
    }
  }

  private Role role(Entry entry) {
    return roles.of(relative(entry));
  }

  private static List<Entry> images(List<Entry> entries) {
    return entries.stream().filter(entry -> ImageFiles.isImage(entry.name())).toList();
  }

  private void pass(List<Entry> entries, PassedOver.Kind kind) {
    entries.forEach(entry -> inventory.pass(entry.path(), kind));
  }

  private void find(List<Entry> entries, Use use, Map<Entry, Role> images) {
    Split split = use == Use.TRAIN ? Split.TRAIN : Split.TEST;
    FoundImages found = FoundImages.of(entries, split, folder, listing);
    found.images().forEach(image -> images.put(image, role(image)));
    leftOut.addAll(found.leftOut());
  }

  /** Images that a list of the data set names and that are not there. */
  private void absent(Set<Entry> images) {
    Set<String> there = new HashSet<>();
    images.forEach(image -> there.add(relative(image)));
    leftOut.forEach(image -> there.add(image.relativePath()));
    roles
        .listed()
        .forEach(
            (path, list) -> {
              Use use = roles.of(path).use();
              if (!there.contains(path)
                  && (use == Use.TRAIN ? purpose.learns() : purpose.tests())) {
                leftOut.add(
                    new LeftOut(
                        use == Use.TRAIN ? Split.TRAIN : Split.TEST,
                        path,
                        Text.format("%s names it, but it is absent.", list)));
              }
            });
  }

  /** The images with their labels; those whose mask does not give it are left out. */
  private Map<Entry, Role> labelled(Map<Entry, Role> images) {
    List<String> keys =
        images.values().stream().filter(role -> role.label().isEmpty()).map(Role::key).toList();
    masks.readLabels(keys);
    Map<Entry, Role> labelled = new LinkedHashMap<>();
    images.forEach(
        (image, role) -> {
          if (role.use() == Use.UNLABELLED || !role.label().isEmpty()) {
            labelled.put(image, role);
            return;
          }
          Optional<String> fault = masks.faultOfLabel(role.key(), relative(image));
          if (fault.isPresent()) {
            leaveOut(image, role, fault.get());
          } else {
            labelled.put(
                image, role.labelled(masks.isMarked(role.key()) ? "defect" : ImageRef.GOOD));
          }
        });
    return labelled;
  }

  /** Every fifth unit with images without a defect. */
  private static Set<String> testUnits(Iterable<Role> images) {
    Set<String> units = new TreeSet<>();
    for (Role role : images) {
      if (role.use() == Use.DIVIDED && role.label().equals(ImageRef.GOOD)) {
        units.add(role.unit());
      }
    }
    Set<String> forTest = new HashSet<>();
    int i = 0;
    for (String unit : units) {
      if (++i % TEST_EVERY == 0) {
        forTest.add(unit);
      }
    }
    return forTest;
  }

  private void settle(Entry image, Role role, Set<String> testUnits) {
    boolean good = role.label().equals(ImageRef.GOOD);
    switch (role.use()) {
      case TRAIN -> settleTraining(image, role);
      case UNLABELLED -> settleUnlabelled(image, role);
      case DIVIDED -> {
        if (good && !testUnits.contains(role.unit())) {
          settleTraining(image, role);
        } else {
          settleTest(image, role);
        }
      }
      case TEST -> settleTest(image, role);
      default -> throw new IllegalStateException("No image has the use " + role.use());
    }
  }

  private void settleTraining(Entry image, Role role) {
    masks.passOfGood(role.key(), purpose.masks());
    if (!role.label().equals(ImageRef.GOOD)) {
      masks.passUnneeded(role.key());
      inventory.pass(image.path(), PassedOver.Kind.DEFECTIVE_TRAINING);
    } else if (purpose == Purpose.SCORE) {
      inventory.pass(image.path(), PassedOver.Kind.NOT_NEEDED);
    } else {
      train.add(ref(image, role, Split.TRAIN, ImageRef.GOOD, List.of(), ""));
      if (purpose.onlyCounts()) {
        inventory.pass(image.path(), PassedOver.Kind.NOT_NEEDED);
      }
    }
  }

  private void settleUnlabelled(Entry image, Role role) {
    if (purpose == Purpose.SCORE) {
      test.add(ref(image, role, Split.TEST, ImageRef.GOOD, List.of(), ""));
    } else {
      inventory.pass(image.path(), PassedOver.Kind.UNLABELLED);
    }
  }

  private void settleTest(Entry image, Role role) {
    if (!purpose.tests()) {
      inventory.pass(image.path(), PassedOver.Kind.NOT_NEEDED);
      masks.passUnneeded(role.key());
      return;
    }
    if (!purpose.masks() || role.label().equals(ImageRef.GOOD)) {
      test.add(ref(image, role, Split.TEST, ImageRef.GOOD, List.of(), ""));
      masks.passOfGood(role.key(), purpose.masks());
      return;
    }
    Optional<String> fault = masks.fault(role.key());
    if (fault.isPresent()) {
      leaveOut(image, role, fault.get());
      return;
    }
    List<String> uris = masks.use(role.key());
    String remark = uris.isEmpty() ? ImageRef.EXPECTED + roles.maskOf(relative(image)) : "";
    test.add(ref(image, role, Split.TEST, role.label(), uris, remark));
  }

  private ImageRef ref(
      Entry image, Role role, Split split, String label, List<String> uris, String remark) {
    return new ImageRef(
        name,
        split,
        label,
        relative(image),
        image.path().toString(),
        uris,
        remark,
        role.group(),
        role.item());
  }

  private void leaveOut(Entry image, Role role, String reason) {
    inventory.quarantine(image.path());
    masks.quarantine(role.key());
    Split split = role.use() == Use.TRAIN ? Split.TRAIN : Split.TEST;
    leftOut.add(new LeftOut(split, relative(image), reason));
  }

  private String relative(Entry entry) {
    return Inventory.relative(folder, entry.path());
  }

  private void requireTraining() {
    if (purpose.learns() && train.isEmpty()) {
      String first =
          leftOut.stream()
              .filter(image -> image.split() == Split.TRAIN)
              .findFirst()
              .map(
                  image ->
                      Text.format(
                          " The first that was left out is %s: %s",
                          image.relativePath(), image.reason()))
              .orElse("");
      throw new InvalidInputException(
          Text.format("Category '%s' has no training images in %s.%s", name, folder, first));
    }
  }
}
