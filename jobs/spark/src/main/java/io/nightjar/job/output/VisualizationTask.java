package io.nightjar.job.output;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.MaskView;
import io.nightjar.report.visualization.Overlay;
import io.nightjar.report.visualization.ScoreRange;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * One visualization of the report, drawn on an executor.
 *
 * @param low the score shown blue
 * @param high the score shown red
 */
record VisualizationTask(
    ScoredImage image,
    String caption,
    String relativePath,
    float low,
    float high,
    MapMeasure measure)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  VisualizationRef reference() {
    return new VisualizationRef(image.ref().category(), caption, relativePath, image.imageScore());
  }

  void draw(String out, Configuration configuration) throws IOException, UnreadableFileException {
    ImageRef ref = image.ref();
    RgbImage decoded = ImageDecoder.decode(FileBytes.read(ref.uri(), configuration), ref.uri());
    float[] map =
        measure.full(image.map().read(configuration), decoded.width(), decoded.height()).values();
    byte[] png =
        Overlay.png(decoded, truth(ref, decoded, configuration), map, new ScoreRange(low, high));
    new ReportFiles(out, configuration).writeVisualization(relativePath, png);
  }

  private static MaskView truth(ImageRef ref, RgbImage image, Configuration configuration)
      throws UnreadableFileException {
    if (!ref.isDefective()) {
      return MaskView.empty(image.width(), image.height());
    }
    Mask mask = GroundTruth.ofDefective(ref, configuration).mask();
    return new MaskView(mask.width(), mask.height(), mask::get);
  }
}
