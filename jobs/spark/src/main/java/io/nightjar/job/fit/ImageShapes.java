package io.nightjar.job.fit;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.KeptShape;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sizes of the usable images of an inspection, and what follows from them. */
final class ImageShapes {
  /** How much images are squeezed at most without a note. */
  private static final double UNNOTED = 1.5;

  static final ImageShapes NONE = new ImageShapes();

  private record Image(ImageRef ref, Size size) {}

  private final List<Image> images = new ArrayList<>();

  private ImageShapes() {}

  /**
   * Gathers the sizes.
   *
   * @param images that were inspected and are not left out
   * @param inspected what was found of each, in the same order
   */
  static ImageShapes of(List<ImageRef> images, List<Inspected> inspected) {
    ImageShapes shapes = new ImageShapes();
    for (int i = 0; i < images.size(); i++) {
      Inspected found = inspected.get(i);
      shapes.images.add(new Image(images.get(i), new Size(found.height(), found.width())));
    }
    return shapes;
  }

  /** The network at the shape of most normal images; as it is where there are none. */
  EmbeddingSpec kept(EmbeddingSpec squares) {
    return KeptShape.mostCommon(
            images.stream()
                .filter(image -> image.ref().split() == Split.TRAIN)
                .map(Image::size)
                .toList())
        .map(size -> KeptShape.of(squares, size))
        .orElse(squares);
  }

  /**
   * How many of the images are squeezed by more than 1.5, and what to try.
   *
   * @param input what they are resized to
   * @param keeps whether that is the shape of most normal images
   * @return empty where none is
   */
  Optional<String> note(Size input, boolean keeps) {
    List<Image> squeezed =
        images.stream()
            .filter(image -> KeptShape.squeeze(image.size(), input) > UNNOTED)
            .toList();
    if (squeezed.isEmpty()) {
      return Optional.empty();
    }
    Image first = squeezed.get(0);
    return Optional.of(
        Text.format(
            "%s squeezed by more than %s to the network's input of %d x %d pixels (%s of %d x %d,"
                + " by %.1f, is the first); %s.",
            squeezed.size() == images.size()
                ? Text.format("All %s are", Text.counted(images.size(), "image", "images"))
                : Text.format(
                    "%d of %s %s",
                    squeezed.size(),
                    Text.counted(images.size(), "image", "images"),
                    squeezed.size() == 1 ? "is" : "are"),
            UNNOTED,
            input.width(),
            input.height(),
            first.ref().relativePath(),
            first.size().width(),
            first.size().height(),
            KeptShape.squeeze(first.size(), input),
            keeps
                ? "the shape is that of most normal images: make images of another shape a category"
                    + " of their own"
                : "try --aspect keep, which keeps the shape of images"));
  }
}
