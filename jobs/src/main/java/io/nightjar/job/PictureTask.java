package io.nightjar.job;

import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.FileBytes;
import io.nightjar.dataset.ImageDecoder;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.RgbImage;
import io.nightjar.report.MaskView;
import io.nightjar.report.Overlay;
import io.nightjar.report.PictureRef;
import io.nightjar.report.ReportFiles;
import io.nightjar.report.ScoreRange;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * One picture of the report, drawn on an executor.
 *
 * @param low the score shown blue
 * @param high the score shown red
 */
record PictureTask(
    ScoredImage image,
    String caption,
    String relativePath,
    float low,
    float high,
    MapMeasure measure)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  PictureRef reference() {
    return new PictureRef(image.ref().category(), caption, relativePath, image.imageScore());
  }

  void draw(String out, Configuration configuration) throws IOException, DefectiveFileException {
    ImageRef ref = image.ref();
    RgbImage picture = ImageDecoder.decode(FileBytes.read(ref.uri(), configuration), ref.uri());
    float[] map =
        measure.full(image.map().read(configuration), picture.width(), picture.height()).values();
    byte[] png =
        Overlay.png(picture, truth(ref, picture, configuration), map, new ScoreRange(low, high));
    new ReportFiles(out, configuration).writePicture(relativePath, png);
  }

  private static MaskView truth(ImageRef ref, RgbImage picture, Configuration configuration)
      throws DefectiveFileException {
    if (!ref.isDefective()) {
      return MaskView.empty(picture.width(), picture.height());
    }
    Mask mask = Mask.decode(FileBytes.read(ref.maskUri(), configuration), ref.maskUri());
    return new MaskView(mask.width(), mask.height(), mask::get);
  }
}
