package io.nightjar.dataset;

import java.io.Serializable;

/**
 * One image of a category and where its pixels and its mask are.
 *
 * @param category the category's name, such as {@code bottle}
 * @param split whether it is a training or a test image
 * @param defect the folder that contains it, such as {@code broken_large}; {@code good} for good
 *     items
 * @param relativePath its path below the category, such as {@code test/broken_large/000.png}
 * @param uri its full Hadoop path; empty where the image itself is not at hand
 * @param maskUri the full Hadoop path of its ground truth; empty where there is none; good images
 *     have none
 * @param maskRemark for a defective image without a mask, what was found in the mask's place, as a
 *     part of a sentence; empty where nothing was
 */
public record ImageRef(
    String category,
    Split split,
    String defect,
    String relativePath,
    String uri,
    String maskUri,
    String maskRemark)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The folder name of images without a defect. */
  public static final String GOOD = "good";

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
    return new ImageRef(category, split, defect, path, uri, maskUri, maskRemark);
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

  /** Whether there is a mask for the image. */
  public boolean hasMask() {
    return !maskUri.isEmpty();
  }

  /**
   * Whether it is known which pixels are defective: none of a good image, those of the mask of a
   * defective one. A defective image without a mask has a label alone.
   */
  public boolean hasPixelTruth() {
    return isGood() || hasMask();
  }
}
