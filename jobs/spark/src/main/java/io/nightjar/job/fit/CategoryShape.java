package io.nightjar.job.fit;

import io.nightjar.backbone.spec.Aspect;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.KeptShape;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Text;
import io.nightjar.tile.TileRule;
import io.nightjar.tile.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    TileRule tiles = run.embed().tiles();
    if (chosen.isEmpty() && (keeps() || !tiles.isNone()) && run.hasBackbone()) {
      chosen = Optional.of(ofMostNormalImages(tiles));
    }
  }

  /** As the run has it where there are none. */
  private EmbeddingSpec ofMostNormalImages(TileRule rule) {
    EmbeddingSpec asked = run.backbone().value().spec();
    return KeptShape.mostCommon(
            images.stream()
                .filter(image -> image.ref().split() == Split.TRAIN)
                .map(Image::size)
                .toList())
        .map(
            size -> {
              Tiling tiles = rule.of(size.height(), size.width());
              EmbeddingSpec shaped = keeps() ? KeptShape.of(asked, seen(size, tiles)) : asked;
              return shaped.tiled(tiles);
            })
        .orElse(asked);
  }

  /** What the network sees of an image at once: all of it, or a tile. */
  private static Size seen(Size image, Tiling tiles) {
    return tiles.isWhole()
        ? image
        : new Size(
            tiles.rows().to(0, image.height()) - tiles.rows().from(0, image.height()),
            tiles.columns().to(0, image.width()) - tiles.columns().from(0, image.width()));
  }

  /**
   * How many of the images are squeezed by more than 1.5, and what to try, and how many have
   * another size than tiles are laid out for; empty for none.
   */
  Optional<String> note() {
    if (!run.hasBackbone()) {
      return Optional.empty();
    }
    List<String> notes =
        Stream.of(squeezed(spec().imageSize()), ofOtherSizes(spec().tiles()))
            .flatMap(Optional::stream)
            .toList();
    return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
  }

  /** How images are cut into tiles; empty where they are not. */
  Optional<String> tiles() {
    Tiling tiles = run.hasBackbone() ? spec().tiles() : Tiling.WHOLE;
    if (tiles.isWhole()) {
      return Optional.empty();
    }
    int defect = isOfBank ? 0 : run.embed().tiles().defect();
    String reason =
        defect == 0
            ? ""
            : Text.format(
                "A defect of %d pixels is to be as long as a cell of the grid, as it is in tiles of"
                    + " at most %s pixels. ",
                defect, run.embed().tiles().value());
    return Optional.of(
        reason
            + (tiles.count() == 1
                ? Text.format(
                    "Images of %d x %d pixels are no larger than a tile, and are taken as wholes.",
                    tiles.rows().length(), tiles.columns().length())
                : Text.format(
                    "Images are cut into %s: %d passes of the network an image, where one is plain.",
                    tiles.describe(), tiles.count())));
  }

  private Optional<String> ofOtherSizes(Tiling tiles) {
    if (tiles.isWhole()) {
      return Optional.empty();
    }
    Size laidOut = new Size(tiles.rows().length(), tiles.columns().length());
    long others = images.stream().filter(image -> !image.size().equals(laidOut)).count();
    return others == 0
        ? Optional.empty()
        : Optional.of(
            Text.format(
                "%d of %s %s another size than %s, for which tiles are laid out; theirs are longer or"
                    + " shorter in proportion.",
                others,
                Text.counted(images.size(), "image", "images"),
                others == 1 ? "has" : "have",
                shown(laidOut)));
  }

  private Optional<String> squeezed(Size input) {
    Tiling tiles = spec().tiles();
    List<Image> squeezed =
        images.stream()
            .filter(image -> KeptShape.squeeze(seen(image.size(), tiles), input) > UNNOTED)
            .toList();
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
            KeptShape.squeeze(seen(first.size(), tiles), input),
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
