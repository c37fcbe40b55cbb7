package io.nightjar.dataset.map;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.ImageFormat;
import io.nightjar.dataset.decode.ImageIoDecoder;
import io.nightjar.dataset.decode.PagedImageInputStream;
import io.nightjar.dataset.decode.PngDecoder;
import io.nightjar.dataset.decode.PngHeader;
import io.nightjar.dataset.decode.TiffHeader;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads an anomaly map, by its name's extension: {@code .tiff} or {@code .tif} of one channel of
 * 32- or 64-bit floating point, as MVTec's evaluation code writes them; {@code .npy} with a matrix
 * of float32 or float64; {@code .png} of 8 or 16 bits grey, whose values are used unchanged.
 */
public final class MapDecoder {
  private MapDecoder() {}

  /**
   * The scores.
   *
   * @param uri the file's name; named in the error
   * @throws UnreadableFileException where it is not such a map, is damaged or truncated, has more
   *     than {@link ImageDecoder#MAX_PIXELS}, or contains NaN or an infinite value
   */
  public static DecodedMap decode(byte[] encoded, String uri) throws UnreadableFileException {
    String name = uri.toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".npy")) {
        return NpyDecoder.decode(encoded);
      }
      return image(encoded, name.endsWith(".png") ? ImageFormat.PNG : ImageFormat.TIFF);
    } catch (UnreadableImageException e) {
      throw new UnreadableFileException(uri, e.getMessage(), e);
    } catch (EOFException e) {
      throw new UnreadableFileException(uri, "The map is truncated: its file ends early.", e);
    } catch (IOException e) {
      throw new UnreadableFileException(
          uri, Text.format("The map cannot be read: %s.", e.getMessage()), e);
    } catch (RuntimeException e) { // ImageIO's readers fail so on damaged files
      throw new UnreadableFileException(
          uri, Text.format("The map is damaged: its content is invalid (%s).", e), e);
    }
  }

  private static DecodedMap image(byte[] encoded, ImageFormat named) throws IOException {
    Optional<ImageFormat> actual =
        ImageFormat.of(
            Arrays.copyOf(encoded, Math.min(encoded.length, ImageFormat.SIGNATURE_BYTES)));
    if (actual.isEmpty() || actual.get() != named) {
      throw new UnreadableImageException(
          Text.format("Its name says %s, but its content is not of that format.", named));
    }
    try (ImageInputStream in = PagedImageInputStream.of(encoded)) {
      return named == ImageFormat.PNG ? png(encoded, in) : tiff(in);
    }
  }

  private static DecodedMap png(byte[] encoded, ImageInputStream in) throws IOException {
    PngHeader header = PngHeader.read(in);
    if (header.type() != PngHeader.GREY || header.depth() < 8) {
      throw new UnreadableImageException(
          "The PNG is not an anomaly map: it must be grey of 8 or 16 bits, without colour or alpha.");
    }
    return new DecodedMap(PngDecoder.grey(encoded, header), header.width(), header.height());
  }

  private static DecodedMap tiff(ImageInputStream in) throws IOException {
    Dimensions size = TiffHeader.read(in).size();
    BufferedImage image = ImageIoDecoder.read(ImageFormat.TIFF, in);
    Raster raster = image.getRaster();
    int type = raster.getDataBuffer().getDataType();
    if (raster.getNumBands() != 1
        || (type != DataBuffer.TYPE_FLOAT && type != DataBuffer.TYPE_DOUBLE)) {
      throw new UnreadableImageException(
          "The TIFF is not an anomaly map: it must have one channel of 32-bit floating point.");
    }
    float[] values = new float[(int) size.pixels()];
    float[] row = new float[size.width()];
    for (int y = 0; y < size.height(); y++) {
      raster.getSamples(0, y, size.width(), 1, 0, row);
      System.arraycopy(row, 0, values, y * size.width(), size.width());
    }
    return DecodedMap.ofFinite(values, size.width(), size.height());
  }
}
