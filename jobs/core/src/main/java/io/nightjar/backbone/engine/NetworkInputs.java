package io.nightjar.backbone.engine;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.TileCutter;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * The inputs that a network takes of an image.
 *
 * @param images of each tile in turn, an image for each size, in the order of the sizes
 * @param width of the whole image in pixels
 * @param height of the whole image in pixels
 */
public record NetworkInputs(List<RgbImage> images, int width, int height) {
  /**
   * Decodes an image once, cuts it into the tiles of a specification, and resizes each to all sizes
   * that the network takes.
   *
   * @param encoded the image's file
   * @param uri named in the error
   * @param white the sample that is white, in images of more than 8 bits
   * @param spec of the embedding
   * @return the inputs
   * @throws UnreadableFileException where the file is no image that can be read
   */
  public static NetworkInputs decode(
      byte[] encoded, String uri, WhiteLevel white, EmbeddingSpec spec)
      throws UnreadableFileException {
    if (spec.tiles().isWhole()) {
      RgbImage image = ImageDecoder.decode(encoded, uri, white);
      return new NetworkInputs(of(image, spec), image.width(), image.height());
    }
    Dimensions size = ImageDecoder.dimensions(encoded, uri);
    List<RgbImage> inputs = new ArrayList<>();
    TileCutter cutter =
        new TileCutter(
            spec.tiles(), size.width(), size.height(), tile -> inputs.addAll(of(tile, spec)));
    ImageDecoder.rows(encoded, uri, white, cutter);
    return new NetworkInputs(inputs, size.width(), size.height());
  }

  /**
   * A decoded image, or a tile of one, at every size of a specification, squeezed to its shape.
   *
   * @param image at its own size
   * @param spec of the embedding
   * @return an image for each size, in the order of the sizes
   */
  public static List<RgbImage> of(RgbImage image, EmbeddingSpec spec) {
    return spec.imageSizes().stream()
        .map(size -> BilinearResize.resize(image, size.width(), size.height()))
        .toList();
  }
}
