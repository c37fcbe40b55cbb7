package io.nightjar.dataset.layout;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.io.FileNames;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * The test images of one kind of defect with their masks. An image with two masks, and images that
 * share one, are left out, since no one can say which mask is whose.
 */
final class LabelledImages {
  private final String category;
  private final Path folder;
  private final Path kind;
  private final MaskMatches masks;
  private final Inventory inventory;

  /**
   * @param folder of the category
   * @param kind the folder {@code test/DEFECT}
   * @param masks of that kind
   */
  LabelledImages(String category, Path folder, Path kind, MaskMatches masks, Inventory inventory) {
    this.category = category;
    this.folder = folder;
    this.kind = kind;
    this.masks = masks;
    this.inventory = inventory;
  }

  /** Those that can be used; the others are added to what is left out. */
  List<ImageRef> of(List<Entry> images, List<LeftOut> leftOut) {
    Map<String, List<Entry>> byStem = new LinkedHashMap<>();
    images.forEach(
        image -> byStem.computeIfAbsent(stem(image), first -> new ArrayList<>()).add(image));
    Map<String, List<Entry>> found = new LinkedHashMap<>();
    byStem.keySet().forEach(stem -> found.put(stem, masks.of(stem)));
    List<ImageRef> usable = new ArrayList<>();
    byStem.forEach(
        (stem, sharing) -> {
          List<Entry> own = found.get(stem);
          String fault = kind.getName().equals(ImageRef.GOOD) ? "" : fault(sharing, own);
          if (fault.isEmpty()) {
            sharing.forEach(image -> usable.add(ref(image, stem, own)));
            settle(own);
          } else {
            sharing.forEach(image -> leaveOut(image, fault, leftOut));
            own.forEach(mask -> inventory.quarantine(mask.path()));
          }
        });
    return usable;
  }

  /** Why images of one stem cannot be used with what masks there are; empty where they can. */
  private String fault(List<Entry> images, List<Entry> own) {
    if (own.isEmpty()) {
      return "";
    }
    if (images.size() > 1) {
      return Text.format(
          "The mask %s would serve %d images, %s; leave one of them.",
          relative(own.get(0)), images.size(), names(images));
    }
    if (own.size() > 1) {
      return Text.format("The image has %d masks, %s; leave one of them.", own.size(), names(own));
    }
    Entry mask = own.get(0);
    return mask.isFile()
        ? ""
        : Text.format("The mask %s cannot be used. %s", relative(mask), mask.fault());
  }

  private String names(List<Entry> entries) {
    return entries.stream().map(this::relative).collect(Collectors.joining(" and "));
  }

  private void leaveOut(Entry image, String fault, List<LeftOut> leftOut) {
    inventory.quarantine(image.path());
    leftOut.add(new LeftOut(Split.TEST, relative(image), fault));
  }

  private void settle(List<Entry> own) {
    for (Entry mask : own) {
      if (kind.getName().equals(ImageRef.GOOD)) {
        inventory.pass(mask.path(), PassedOver.Kind.MASK_OF_GOOD);
      } else {
        inventory.use(mask.path());
      }
    }
  }

  private ImageRef ref(Entry image, String stem, List<Entry> own) {
    boolean expected = own.isEmpty() && !kind.getName().equals(ImageRef.GOOD);
    return new ImageRef(
        category,
        Split.TEST,
        kind.getName(),
        relative(image),
        image.path().toString(),
        own.isEmpty() ? "" : own.get(0).path().toString(),
        expected ? masks.remark(stem) : "");
  }

  private String relative(Entry entry) {
    return Inventory.relative(folder, entry.path());
  }

  private String stem(Entry image) {
    return FileNames.composed(ImageFiles.stem(Inventory.relative(kind, image.path())));
  }
}
