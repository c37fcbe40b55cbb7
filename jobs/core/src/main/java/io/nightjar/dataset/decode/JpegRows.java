package io.nightjar.dataset.decode;

import io.nightjar.dataset.image.RgbRows;
import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/**
 * Hands out the rows of a JPEG while ImageIO decodes it, in one pass over the file: ImageIO is
 * given an image whose rows all lie in the same place, and says when it has written one. The values
 * are therefore those of the whole image, of whatever library ImageIO decodes by.
 */
final class JpegRows {
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;

  private JpegRows() {}

  /**
   * Hands out the rows.
   *
   * @param file the whole of it
   * @param rows some may have been handed over when the file turns out to be damaged
   */
  static void read(byte[] file, JpegHeader header, RgbRows rows) throws IOException {
    ImageIoDecoder.reading(
        ImageFormat.JPEG, header.plain(file), reader -> read(reader, file, header, rows));
  }

  private static RgbRows read(ImageReader reader, byte[] file, JpegHeader header, RgbRows rows)
      throws IOException {
    Dimensions size = header.size();
    ImageIoDecoder.requireSize(size, reader.getWidth(0), reader.getHeight(0));
    ColorModel colours = reader.getImageTypes(0).next().getColorModel();
    int channels = RasterToRgb.colourChannels(colours);
    byte[] row = new byte[channels * size.width()];
    ImageReadParam parameters = reader.getDefaultReadParam();
    WritableRaster pixels = new OneRow(size, channels, row);
    parameters.setDestination(new BufferedImage(colours, pixels, false, null));
    int last = header.coefficientBytes() == 0 ? 0 : scans(file, header.scanStart()) - 1;
    Listener listener = new Listener(row, channels, last, rows);
    reader.addIIOReadUpdateListener(listener);
    reader.read(0, parameters);
    if (listener.next != size.height()) {
      throw new UnreadableImageException("The JPEG is damaged: rows of its last scan are missing.");
    }
    return rows;
  }

  /** The scans of the pixels, as a decoder of the file comes across them. */
  private static int scans(byte[] file, int start) {
    int scans = 0;
    int at = start;
    while (at + 3 < file.length) {
      int marker = file[at + 1] & 0xff;
      boolean isMarker = (file[at] & 0xff) == 0xff && marker != 0 && marker != 0xff;
      if (!isMarker || (marker >= RST0 && marker <= RST7)) {
        at++; // among pixels
      } else if (marker == JpegHeader.EOI) {
        return scans;
      } else {
        scans += marker == JpegHeader.SOS ? 1 : 0;
        at += 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      }
    }
    return scans;
  }

  /** Pixels of the given size whose rows are stored in one, each over the one before it. */
  private static final class OneRow extends WritableRaster {
    private final byte[] row;

    OneRow(Dimensions size, int channels, byte[] row) {
      super(
          new ComponentSampleModel(
              DataBuffer.TYPE_BYTE,
              size.width(),
              size.height(),
              channels,
              0,
              IntStream.range(0, channels).toArray()),
          new DataBufferByte(row, row.length),
          new Point());
      this.row = row;
    }

    /** As is inherited, but without a call for each sample where a whole row is set. */
    @Override
    public void setRect(int dx, int dy, Raster from) {
      if (from.getWidth() == width
          && from.getHeight() == 1
          && from.getNumBands() == numBands
          && from.getTransferType() == DataBuffer.TYPE_BYTE
          && from.getNumDataElements() == numBands) {
        from.getDataElements(from.getMinX(), from.getMinY(), width, 1, row);
      } else {
        super.setRect(dx, dy, from);
      }
    }
  }

  /** Passes on the rows of the last scan, which alone has the image's final values. */
  private static final class Listener implements IIOReadUpdateListener {
    private final byte[] row;
    private final byte[] rgb;
    private final int channels;
    private final int last;
    private final RgbRows rows;
    private int pass;
    private int next;

    Listener(byte[] row, int channels, int last, RgbRows rows) {
      this.row = row;
      this.rgb = channels == 3 ? row : new byte[3 * row.length];
      this.channels = channels;
      this.last = last;
      this.rows = rows;
    }

    @Override
    public void passStarted(
        ImageReader reader,
        BufferedImage image,
        int started,
        int minPass,
        int maxPass,
        int minX,
        int minY,
        int periodX,
        int periodY,
        int[] bands) {
      pass = started;
    }

    @Override
    public void imageUpdate(
        ImageReader reader,
        BufferedImage image,
        int minX,
        int minY,
        int width,
        int height,
        int periodX,
        int periodY,
        int[] bands) {
      if (pass != last) {
        return;
      }
      if (minY != next || height != 1 || channels * width != row.length) {
        throw new IllegalStateException(
            Text.format("%d x %d pixels at row %d instead of row %d", width, height, minY, next));
      }
      for (int i = 0; channels == 1 && i < row.length; i++) {
        rgb[3 * i] = row[i];
        rgb[3 * i + 1] = row[i];
        rgb[3 * i + 2] = row[i];
      }
      rows.accept(next++, rgb);
    }

    @Override
    public void passComplete(ImageReader reader, BufferedImage image) {}

    @Override
    public void thumbnailPassStarted(
        ImageReader reader,
        BufferedImage thumbnail,
        int started,
        int minPass,
        int maxPass,
        int minX,
        int minY,
        int periodX,
        int periodY,
        int[] bands) {}

    @Override
    public void thumbnailUpdate(
        ImageReader reader,
        BufferedImage thumbnail,
        int minX,
        int minY,
        int width,
        int height,
        int periodX,
        int periodY,
        int[] bands) {}

    @Override
    public void thumbnailPassComplete(ImageReader reader, BufferedImage thumbnail) {}
  }
}
