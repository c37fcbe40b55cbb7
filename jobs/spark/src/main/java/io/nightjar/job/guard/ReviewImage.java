package io.nightjar.job.guard;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.MaskView;
import io.nightjar.report.visualization.Overlay;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.Upsampling;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The visualization of an image that was held back, drawn on an executor. */
record ReviewImage(
    ImageRef image,
    String sha256,
    AnomalyMap map,
    ScoreRange range,
    WhiteLevel white,
    String relativePath)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Draws it; what is wrong with its file where that is no longer what it was. */
  Optional<FileOutcome> draw(String folder, Configuration configuration) throws IOException {
    RgbImage decoded;
    try {
      byte[] bytes = FileBytes.read(image.uri(), configuration);
      String found = Sha256.of(bytes);
      if (!found.equals(sha256)) {
        return Optional.of(new FileOutcome(image.relativePath(), found, ""));
      }
      decoded = ImageDecoder.decode(bytes, image.uri(), white);
    } catch (UnreadableFileException e) {
      return Optional.of(new FileOutcome(image.relativePath(), "", e.reason()));
    }
    float[] full = Upsampling.full(map, decoded.width(), decoded.height()).values();
    MaskView nothing = MaskView.empty(decoded.width(), decoded.height());
    new ReportFiles(folder, configuration)
        .writeVisualization(relativePath, Overlay.png(decoded, nothing, full, range));
    return Optional.empty();
  }
}
