package io.nightjar.job.fit;

import io.nightjar.backbone.spec.Aspect;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.KeptShape;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The shape of the network's input for the images of one category: that of the bank that they are
 * compared with, else the run's, or where images keep theirs that of most normal images.
 */
final class CategoryShape {
  /** How much images are squeezed at most without a note. */
  private static final double UNNOTED = 1.5;

  private record Image(ImageRef ref, Size size) {}

  private final RunContext run;
  private Optional<EmbeddingSpec> chosen = Optional.empty();
  private boolean isOfBank;
  private List<Image> images = List.of();

  CategoryShape(RunContext run) {
    this.run = run;
  }

  void useBank(EmbeddingSpec spec) {
    chosen = Optional.of(spec);
    isOfBank = true;
  }

  EmbeddingSpec spec() {
    return chosen.orElseGet(() -> run.backbone().value().spec());
  }

  private boolean keeps() {
    return run.embed().aspect() == Aspect.KEEP;
  }

  /**
   * Takes the sizes of images that were inspected; without a network there is nothing to choose.
   *
   * @param inspected what was found of each image, in the same order
   * @param leftOut the paths of images that are left out
   */
  void take(List<ImageRef> all, List<Inspected> inspected, Set<String> leftOut) {
    List<Image> usable = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!leftOut.contains(all.get(i).relativePath())) {
        Inspected found = inspected.get(i);
        usable.add(new Image(all.get(i), new Size(found.height(), found.width())));
      }
    }
    images = List.copyOf(usable);
    if (chosen.isEmpty() && keeps() && run.hasBackbone()) {
      chosen = Optional.of(ofMostNormalImages());
    }
  }

  /** As the run has it where there are none. */
  private EmbeddingSpec ofMostNormalImages() {
    EmbeddingSpec squares = run.backbone().value().spec();
    return KeptShape.mostCommon(
            images.stream()
                .filter(image -> image.ref().split() == Split.TRAIN)
                .map(Image::size)
                .toList())
        .map(size -> KeptShape.of(squares, size))
        .orElse(squares);
  }

  /** How many of the images are squeezed by more than 1.5, and what to try; empty for none. */
  Optional<String> note() {
    return run.hasBackbone() ? note(spec().imageSize()) : Optional.empty();
  }

  private Optional<String> note(Size input) {
    List<Image> squeezed =
        images.stream().filter(image -> KeptShape.squeeze(image.size(), input) > UNNOTED).toList();
    if (squeezed.isEmpty()) {
      return Optional.empty();
    }
    Image first = squeezed.get(0);
    return Optional.of(
        Text.format(
            "%d of %s %s squeezed by more than %s to the network's input of %s pixels (%s of"
                + " %s, height and width, by %.1f, is the first); %s.",
            squeezed.size(),
            Text.counted(images.size(), "image", "images"),
            squeezed.size() == 1 ? "is" : "are",
            UNNOTED,
            shown(input),
            first.ref().relativePath(),
            shown(first.size()),
            KeptShape.squeeze(first.size(), input),
            advice()));
  }

  private static String shown(Size size) {
    return size.height() + "x" + size.width();
  }

  private String advice() {
    if (isOfBank && !spec().isSquare()) {
      return "the shape is the bank's: images of another shape need a bank of their own";
    }
    if (isOfBank) {
      return "the shape is the bank's: try a bank that was built with --aspect keep, of images of"
          + " one shape";
    }
    return keeps()
        ? "the shape is that of the most common size of normal images: make images of another shape a category of"
            + " their own"
        : "try --aspect keep, which keeps the shape of images";
  }
}
