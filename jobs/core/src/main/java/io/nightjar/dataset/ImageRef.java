package io.nightjar.dataset;

import io.nightjar.text.Addresses;
import java.io.Serializable;
import java.util.List;

/**
 * One image of a category and where its pixels and its mask are.
 *
 * @param category the category's name, such as {@code bottle}
 * @param split whether it is a training or a test image
 * @param defect the folder that contains it, such as {@code broken_large}; {@code good} for good
 *     items
 * @param relativePath its path below the category, such as {@code test/broken_large/000.png}
 * @param uri its full Hadoop path; empty where the image itself is not at hand
 * @param maskUris the full Hadoop paths of its ground truth, which is the union of all; empty where
 *     there is none; good images have none
 * @param maskRemark for a defective image without a mask, what was found in the mask's place, as a
 *     part of a sentence; empty where nothing was
 * @param group what the image shares with others of any defect, such as a light condition or a
 *     camera; empty where the data set knows none
 * @param item the object that the image shows, where several images show one from several views;
 *     unlike all others of the category; empty where the data set does not say
 */
public record ImageRef(
    String category,
    Split split,
    String defect,
    String relativePath,
    String uri,
    List<String> maskUris,
    String maskRemark,
    String group,
    String item)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The folder name of images without a defect. */
  public static final String GOOD = "good";

  /** Copies the masks, and redacts a relative path that is an address: it names the image. */
  public ImageRef {
    maskUris = List.copyOf(maskUris);
    relativePath = Addresses.redacted(relativePath);
  }

  /** How the remark begins that names a mask's place in a layout other than MVTec AD's. */
  public static final String EXPECTED = "expected ";

  /** An image of which is not known what other images show the same object. */
  public ImageRef(
      String category,
      Split split,
      String defect,
      String relativePath,
      String uri,
      List<String> maskUris,
      String maskRemark,
      String group) {
    this(category, split, defect, relativePath, uri, maskUris, maskRemark, group, "");
  }

  /** An image with one mask, or an empty text where there is none, and what is in its place. */
  public ImageRef(
      String category,
      Split split,
      String defect,
      String relativePath,
      String uri,
      String maskUri,
      String maskRemark) {
    this(
        category,
        split,
        defect,
        relativePath,
        uri,
        maskUri.isEmpty() ? List.of() : List.of(maskUri),
        maskRemark,
        "");
  }

  /** An image with a mask, or without one where nothing is in its place. */
  public ImageRef(
      String category,
      Split split,
      String defect,
      String relativePath,
      String uri,
      String maskUri) {
    this(category, split, defect, relativePath, uri, maskUri, "");
  }

  /** The same by another path. */
  public ImageRef named(String path) {
    return new ImageRef(category, split, defect, path, uri, maskUris, maskRemark, group, item);
  }

  /** The same in no group. */
  public ImageRef withoutGroup() {
    return new ImageRef(category, split, defect, relativePath, uri, maskUris, maskRemark, "", item);
  }

  /** Whether the image shows no defect. */
  public boolean isGood() {
    return defect.equals(GOOD);
  }

  /** Whether the image shows a defect. */
  public boolean isDefective() {
    return !isGood();
  }

  /** Whether the image itself is at hand, and not only its name. */
  public boolean isAtHand() {
    return !uri.isEmpty();
  }

  /** The first of its masks; empty where there is none. */
  public String maskUri() {
    return maskUris.isEmpty() ? "" : maskUris.get(0);
  }

  /** Whether there is a mask for the image. */
  public boolean hasMask() {
    return !maskUris.isEmpty();
  }

  /**
   * Whether it is known which pixels are defective: none of a good image, those of the mask of a
   * defective one. A defective image without a mask has a label alone.
   */
  public boolean hasPixelTruth() {
    return isGood() || hasMask();
  }
}
