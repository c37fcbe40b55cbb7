package io.nightjar.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Writes JPEG with other settings than ImageIO's own. */
public final class JpegFiles {
  private static final String METADATA = "javax_imageio_jpeg_image_1.0";

  private JpegFiles() {}

  /**
   * The file of an image.
   *
   * @param luma sampling factors of the first channel, columns in the high half: 0x22 for 4:2:0
   * @param restart blocks of all channels between restart markers; 0 for none
   */
  public static byte[] of(BufferedImage image, int luma, int restart, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (progressive) {
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), parameters);
      Element tree = (Element) metadata.getAsTree(METADATA);
      Element first = (Element) tree.getElementsByTagName("componentSpec").item(0);
      first.setAttribute("HsamplingFactor", String.valueOf(luma >> 4));
      first.setAttribute("VsamplingFactor", String.valueOf(luma & 15));
      if (restart > 0) {
        IIOMetadataNode interval = new IIOMetadataNode("dri");
        interval.setAttribute("interval", String.valueOf(restart));
        NodeList frame = tree.getElementsByTagName("sof");
        frame.item(0).getParentNode().insertBefore(interval, frame.item(0));
      }
      metadata.setFromTree(METADATA, tree);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A baseline file of three channels of full size, each in a scan of its own. */
  public static byte[] inThreeScans(List<BufferedImage> channels) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int channel = 0; channel < 3; channel++) {
      byte[] grey = of(channels.get(channel), 0x11, 0, false);
      int frame = find(grey, 0xc0);
      int scan = find(grey, 0xda);
      if (channel == 0) {
        out.write(grey, 0, frame);
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 17});
        out.write(grey, frame + 4, 5); // the size
        out.writeBytes(new byte[] {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0});
        out.write(grey, frame + 13, scan - frame - 13);
      }
      grey[scan + 5] = (byte) (channel + 1);
      out.write(grey, scan, grey.length - scan - (channel < 2 ? 2 : 0));
    }
    return out.toByteArray();
  }

  /** Where the first segment of a kind begins. */
  private static int find(byte[] jpeg, int marker) {
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != marker) {
      at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
    }
    return at;
  }
}
