package io.nightjar.job.guard;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.MaskView;
import io.nightjar.report.visualization.Overlay;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** The visualization of an image that was held back, drawn on an executor. */
record ReviewImage(
    ImageRef image, AnomalyMap map, ScoreRange range, WhiteLevel white, String relativePath)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  void draw(String folder, Configuration configuration)
      throws IOException, UnreadableFileException {
    RgbImage decoded =
        ImageDecoder.decode(FileBytes.read(image.uri(), configuration), image.uri(), white);
    float[] full = Upsampling.full(map, decoded.width(), decoded.height()).values();
    MaskView nothing = MaskView.empty(decoded.width(), decoded.height());
    new ReportFiles(folder, configuration)
        .writeVisualization(relativePath, Overlay.png(decoded, nothing, full, range));
  }
}
