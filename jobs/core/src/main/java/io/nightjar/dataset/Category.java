package io.nightjar.dataset;

import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.PlainName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One kind of product or texture with its images.
 *
 * @param name such as {@code bottle}
 * @param train the training images, all good, sorted by relative path
 * @param test the test images, good and defective, sorted by relative path
 * @param leftOut images that the listing left out, sorted by relative path
 * @param inputs what became of every entry that the listing found for the category
 * @param saturation the saturation areas of its defects, {@link SaturationAreas#NONE} where the
 *     data set states none
 */
public record Category(
    String name,
    List<ImageRef> train,
    List<ImageRef> test,
    List<LeftOut> leftOut,
    Ledger inputs,
    SaturationAreas saturation) {
  /**
   * Sorts the images by relative path.
   *
   * @throws InvalidInputException if the name is no plain one, since files of results have it
   */
  public Category {
    PlainName.of("category", name);
    train = sorted(train);
    test = sorted(test);
    leftOut = leftOut.stream().sorted(Comparator.comparing(LeftOut::relativePath)).toList();
  }

  /** A category whose data set states no saturation areas. */
  public Category(
      String name,
      List<ImageRef> train,
      List<ImageRef> test,
      List<LeftOut> leftOut,
      Ledger inputs) {
    this(name, train, test, leftOut, inputs, SaturationAreas.NONE);
  }

  /** A category of which no entry was left out or passed over. */
  public Category(String name, List<ImageRef> train, List<ImageRef> test) {
    this(name, train, test, List.of(), used(train, test));
  }

  /** The images of one part that the listing left out. */
  public List<LeftOut> leftOut(Split split) {
    return leftOut.stream().filter(image -> image.split() == split).toList();
  }

  /** The same with other training images. */
  public Category withTrain(List<ImageRef> images) {
    return new Category(name, images, test, leftOut, inputs, saturation);
  }

  /** The same with other test images. */
  public Category withTest(List<ImageRef> images) {
    return new Category(name, train, images, leftOut, inputs, saturation);
  }

  /** The same with another ledger. */
  public Category withInputs(Ledger ledger) {
    return new Category(name, train, test, leftOut, ledger, saturation);
  }

  /**
   * The ledger where some of the used images turned out to be unreadable; masks go with their
   * image.
   *
   * @param unreadable their relative paths; others do no harm
   */
  public Ledger inputs(Set<String> unreadable) {
    return inputs.quarantining(
        Stream.concat(train.stream(), test.stream())
            .filter(image -> unreadable.contains(image.relativePath()))
            .mapToLong(image -> image.isDefective() ? 1 + image.maskUris().size() : 1)
            .sum());
  }

  private static List<ImageRef> sorted(List<ImageRef> images) {
    return images.stream().sorted(Comparator.comparing(ImageRef::relativePath)).toList();
  }

  private static Ledger used(List<ImageRef> train, List<ImageRef> test) {
    return Ledger.ofUsed(
        train.size()
            + test.size()
            + test.stream().mapToLong(image -> image.maskUris().size()).sum());
  }
}
