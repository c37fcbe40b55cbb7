package io.nightjar.job;

import io.nightjar.dataset.DefectiveFileException;
import io.nightjar.dataset.FileBytes;
import io.nightjar.dataset.ImageDecoder;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.RgbImage;
import io.nightjar.report.MaskView;
import io.nightjar.report.Overlay;
import io.nightjar.report.ReportFiles;
import io.nightjar.report.ScoreRange;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** The picture of an image that was held back, drawn on an executor. */
record ReviewPicture(ImageRef image, AnomalyMap map, ScoreRange range, String relativePath)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  void draw(String folder, Configuration configuration) throws IOException, DefectiveFileException {
    RgbImage picture = ImageDecoder.decode(FileBytes.read(image.uri(), configuration), image.uri());
    float[] full = Upsampling.full(map, picture.width(), picture.height()).values();
    MaskView nothing = MaskView.empty(picture.width(), picture.height());
    new ReportFiles(folder, configuration)
        .writePicture(relativePath, Overlay.png(picture, nothing, full, range));
  }
}
