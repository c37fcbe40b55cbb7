package io.nightjar.dataset.map;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.ImageFormat;
import io.nightjar.dataset.decode.PagedImageInputStream;
import io.nightjar.dataset.decode.PngDecoder;
import io.nightjar.dataset.decode.PngHeader;
import io.nightjar.dataset.decode.UnreadFormat;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.dataset.tiff.TiffFile;
import io.nightjar.dataset.tiff.TiffSamples;
import io.nightjar.io.Decoding;
import io.nightjar.text.StandIn;
import io.nightjar.text.Text;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads an anomaly map, by its name's extension: {@code .tiff} or {@code .tif} of one channel of
 * 16-, 32- or 64-bit floating point, as MVTec's evaluation code writes them; {@code .npy} with a
 * matrix of float16, float32 or float64; {@code .png} of 8 or 16 bits grey. Stored values are used
 * unchanged, whatever the photometric interpretation of a TIFF.
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
        refuseStandIn(encoded);
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
    } catch (RuntimeException e) {
      throw new UnreadableFileException(
          uri,
          Text.format(
              "The map is damaged: its content is invalid (%s).", Decoding.shortened(e.toString())),
          e);
    }
  }

  private static DecodedMap image(byte[] encoded, ImageFormat named) throws IOException {
    byte[] start = Arrays.copyOf(encoded, Math.min(encoded.length, UnreadFormat.SIGNATURE_BYTES));
    Optional<ImageFormat> actual = ImageFormat.of(start);
    refuseStandIn(start);
    if (actual.isEmpty() || actual.get() != named) {
      throw new UnreadableImageException(
          Text.format(
              "Its name says %s, but its content is %s; save the map as TIFF, NPY or PNG, or rename"
                  + " it.",
              named,
              actual
                  .map(ImageFormat::toString)
                  .or(() -> UnreadFormat.of(start))
                  .orElse("not of that format")));
    }
    try (ImageInputStream in = PagedImageInputStream.of(encoded)) {
      return named == ImageFormat.PNG ? png(encoded, in) : tiff(encoded, in);
    }
  }

  private static void refuseStandIn(byte[] content) throws UnreadableImageException {
    Optional<String> standIn =
        StandIn.of(Arrays.copyOf(content, Math.min(content.length, StandIn.BYTES)));
    if (standIn.isPresent()) {
      throw new UnreadableImageException(Text.format("It is no map but %s.", standIn.get()));
    }
  }

  private static DecodedMap png(byte[] encoded, ImageInputStream in) throws IOException {
    PngHeader header = PngHeader.read(in);
    if (header.type() != PngHeader.GREY || header.depth() < 8) {
      throw new UnreadableImageException(
          "The PNG is not an anomaly map: it must be grey of 8 or 16 bits, without colour or"
              + " alpha.");
    }
    return DecodedMap.ofFinite(PngDecoder.grey(encoded, header), header.width(), header.height());
  }

  private static DecodedMap tiff(byte[] encoded, ImageInputStream in) throws IOException {
    TiffFile file = TiffFile.read(in);
    Dimensions size = Dimensions.decodable(file.width(), file.height());
    file.checkContent();
    if (!TiffSamples.isFloating(file)) {
      throw new UnreadableImageException(
          Text.format(
              "The TIFF is not an anomaly map: it has %d channels of %s samples of %d bits;"
                  + " it must have one channel of 16-, 32- or 64-bit floating point.",
              file.channels(), file.format().word(), file.bits()));
    }
    if (!file.isDecodable()) {
      throw new UnreadableImageException(
          Text.format(
              "The TIFF is compressed by %s, which is not read; save the map with LZW or Deflate.",
              file.compressionName()));
    }
    MapValues values = new MapValues(size, file.bits() == Double.SIZE);
    TiffSamples.readFloating(encoded, file, values::put);
    return values.map();
  }
}
