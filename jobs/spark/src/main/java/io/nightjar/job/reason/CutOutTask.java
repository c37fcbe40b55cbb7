package io.nightjar.job.reason;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.io.StorageException;
import io.nightjar.report.reason.ShownPatch;
import io.nightjar.report.visualization.CutOut;
import io.nightjar.score.PatchBox;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds the file of an image, its size, and cut-outs of it around patches, on an executor.
 *
 * @param name of the image, for the result
 * @param uris of the files that it may be, in the order in which they are tried
 * @param sha256 of the file's bytes, in hexadecimal
 * @param cells to cut out; where there are none, only the size is read
 */
record CutOutTask(
    String name, ArrayList<String> uris, String sha256, ArrayList<Integer> cells, Size grid)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Patches around a patch that are shown. */
  private static final int REACH = 3;

  /**
   * What was found.
   *
   * @param width of the image; 0 where there is no such file
   * @param height of the image; 0 where there is no such file
   * @param shown by cell
   * @param fault why there is none, a sentence; empty where there is
   */
  record Found(String name, int width, int height, HashMap<Integer, ShownPatch> shown, String fault)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    static Found none(String name, String fault) {
      return new Found(name, 0, 0, new HashMap<>(), fault);
    }

    /** The grid over the image. */
    PatchBox.Grid over(Size grid) {
      return new PatchBox.Grid(grid.width(), grid.height(), width, height);
    }
  }

  /** Reads and draws; a file that is gone or another now is a fault of the result. */
  Found find(WhiteLevel white, Configuration configuration) {
    List<String> faults = new ArrayList<>();
    for (String uri : uris) {
      try {
        byte[] bytes = FileBytes.read(uri, configuration);
        if (Sha256.of(bytes).equals(sha256)) {
          return cut(bytes, uri, white);
        }
        faults.add(Text.format("%s is not shown: its file has other content by now.", name));
      } catch (UnreadableFileException e) {
        faults.add(Text.format("%s is not shown: %s", name, e.reason()));
      } catch (StorageException e) {
        // What is shown is worth less than the run.
        faults.add(Text.format("%s is not shown: %s", name, e.getMessage()));
      }
    }
    return Found.none(
        name,
        faults.isEmpty()
            ? Text.format(
                "%s is not shown: its file is no longer where the bank was built from.", name)
            : faults.get(0));
  }

  private Found cut(byte[] bytes, String uri, WhiteLevel white) throws UnreadableFileException {
    if (cells.isEmpty()) {
      Dimensions size = ImageDecoder.dimensions(bytes, uri);
      return new Found(name, size.width(), size.height(), new HashMap<>(), "");
    }
    RgbImage image = ImageDecoder.decode(bytes, uri, white);
    Found found = new Found(name, image.width(), image.height(), new HashMap<>(), "");
    PatchBox.Grid over = found.over(grid);
    for (int cell : cells) {
      found
          .shown()
          .put(cell, new ShownPatch(CutOut.jpeg(image, over.around(cell, REACH), over.of(cell))));
    }
    return found;
  }
}
