package io.nightjar.dataset.layout;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The defective images that masks are of, where the images themselves are not at hand. */
final class ImpliedImages {
  private ImpliedImages() {}

  /**
   * One image for each mask, by the path that it has in the data set, and without a file.
   *
   * @param kind of defect
   * @param leftOut receives those that have several masks or one that cannot be used
   */
  static List<ImageRef> of(
      String category, String kind, MaskMatches masks, List<LeftOut> leftOut, Inventory inventory) {
    List<ImageRef> images = new ArrayList<>();
    if (kind.equals(ImageRef.GOOD)) {
      return images;
    }
    for (String stem : masks.stems()) {
      List<Entry> own = masks.of(stem);
      Entry mask = own.get(0);
      String extension = mask.name().substring(ImageFiles.stem(mask.name()).length());
      String name = MvtecAdLayout.TEST + "/" + kind + "/" + stem + extension;
      if (own.size() > 1 || !mask.isFile()) {
        own.forEach(one -> inventory.quarantine(one.path()));
        leftOut.add(new LeftOut(Split.TEST, name, fault(own)));
      } else {
        inventory.use(mask.path());
        images.add(new ImageRef(category, Split.TEST, kind, name, "", mask.path().toString()));
      }
    }
    return images;
  }

  private static String fault(List<Entry> own) {
    return own.size() > 1
        ? Text.format(
            "The image has %d masks, %s; leave one of them.",
            own.size(), own.stream().map(Entry::name).collect(Collectors.joining(" and ")))
        : Text.format("The mask %s cannot be used. %s", own.get(0).name(), own.get(0).fault());
  }
}
