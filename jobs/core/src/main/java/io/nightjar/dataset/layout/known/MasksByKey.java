package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** The masks of one category by what they have in common with their images. */
final class MasksByKey {
  private final Path folder;
  private final CategoryRoles roles;
  private final FolderListing listing;
  private final Inventory inventory;
  private final Map<String, List<Entry>> byKey = new LinkedHashMap<>();
  private final Map<String, Label> labels = new HashMap<>();
  private final Map<String, List<String>> images = new HashMap<>();
  private final Set<String> settled = new HashSet<>();

  /**
   * What a mask says of its image.
   *
   * @param marked whether any pixel is other than black
   * @param fault why it says nothing, in a sentence; empty where it does
   */
  private record Label(boolean marked, String fault) {}

  MasksByKey(Path folder, CategoryRoles roles, FolderListing listing) {
    this.folder = folder;
    this.roles = roles;
    this.listing = listing;
    this.inventory = listing.inventory();
  }

  /** Takes in a file in a mask's place; what is no image by its name is none. */
  void add(Entry entry) {
    if (ImageFiles.isImage(entry.name())) {
      byKey.computeIfAbsent(roles.of(relative(entry)).key(), first -> new ArrayList<>()).add(entry);
    }
  }

  /** Reads the masks of images that have no other label. */
  void readLabels(List<String> keys) {
    Map<Path, String> single = new LinkedHashMap<>();
    for (String key : keys) {
      List<Entry> own = of(key);
      if (own.size() == 1 && own.get(0).isFile()) {
        single.put(own.get(0).path(), key);
      }
    }
    listing
        .read(single.keySet(), this::label)
        .forEach((path, label) -> labels.put(single.get(path), label));
  }

  private Label label(Path mask) {
    try {
      byte[] pixels = ImageDecoder.decode(listing.content(mask), mask.toString()).pixels();
      for (byte value : pixels) {
        if (value != 0) {
          return new Label(true, "");
        }
      }
      return new Label(false, "");
    } catch (UnreadableFileException e) {
      return new Label(false, Text.format("The mask %s cannot be used. %s", mask, e.reason()));
    }
  }

  /** Whether the mask of an image marks any pixel. */
  boolean isMarked(String key) {
    return labels.get(key).marked();
  }

  /** Why no mask gives an image's label; empty where one does. */
  Optional<String> faultOfLabel(String key, String image) {
    if (of(key).isEmpty()) {
      return Optional.of(
          Text.format(
              "Its label is unknown, since its mask is absent: expected %s.", roles.maskOf(image)));
    }
    Label label = labels.get(key);
    return label == null ? fault(key) : Optional.of(label.fault()).filter(text -> !text.isEmpty());
  }

  /** Takes in which images there are for each mask. */
  void countSharing(Map<Entry, Role> found) {
    found.forEach(
        (image, role) -> {
          if (!role.key().isEmpty()) {
            images.computeIfAbsent(role.key(), first -> new ArrayList<>()).add(relative(image));
          }
        });
  }

  /** Why the masks of an image cannot be used; empty where they can or there are none. */
  Optional<String> fault(String key) {
    List<Entry> own = of(key);
    List<String> sharing = images.getOrDefault(key, List.of());
    if (!own.isEmpty() && sharing.size() > 1) {
      return Optional.of(
          Text.format(
              "The mask %s would serve %d images, %s; leave one of them.",
              relative(own.get(0)), sharing.size(), String.join(" and ", sharing)));
    }
    if (own.size() > 1 && !roles.allowsManyMasks()) {
      return Optional.of(
          Text.format(
              "The image has %d masks, %s; leave one of them.",
              own.size(), own.stream().map(this::relative).collect(Collectors.joining(" and "))));
    }
    return own.stream()
        .filter(mask -> !mask.isFile())
        .findFirst()
        .map(mask -> Text.format("The mask %s cannot be used. %s", relative(mask), mask.fault()));
  }

  /** The full paths of the masks of an image, which are read. */
  List<String> use(String key) {
    List<Entry> own = settling(key);
    own.forEach(mask -> inventory.use(mask.path()));
    return own.stream().map(mask -> mask.path().toString()).sorted().toList();
  }

  void quarantine(String key) {
    settling(key).forEach(mask -> inventory.quarantine(mask.path()));
  }

  /** The masks of an image that is left out, where they are those of no other image. */
  void quarantineRest(String key) {
    if (!settled.contains(key)) {
      quarantine(key);
    }
  }

  void passUnneeded(String key) {
    settling(key).forEach(mask -> inventory.pass(mask.path(), PassedOver.Kind.NOT_NEEDED));
  }

  /** Masks of an image without a defect. */
  void passOfGood(String key, boolean needed) {
    PassedOver.Kind kind = needed ? PassedOver.Kind.MASK_OF_GOOD : PassedOver.Kind.NOT_NEEDED;
    settling(key).forEach(mask -> inventory.pass(mask.path(), kind));
  }

  /** Masks that no image asked for. */
  void passOthers(boolean needed) {
    PassedOver.Kind kind = needed ? PassedOver.Kind.ORPHANED_MASK : PassedOver.Kind.NOT_NEEDED;
    byKey.forEach(
        (key, own) -> {
          if (!settled.contains(key)) {
            own.forEach(mask -> inventory.pass(mask.path(), kind));
          }
        });
  }

  /** Those of a key that is settled only once, so that images of one key do not undo it. */
  private List<Entry> settling(String key) {
    settled.add(key);
    return of(key);
  }

  private List<Entry> of(String key) {
    return key.isEmpty() ? List.of() : byKey.getOrDefault(key, List.of());
  }

  private String relative(Entry entry) {
    return Inventory.relative(folder, entry.path());
  }
}
