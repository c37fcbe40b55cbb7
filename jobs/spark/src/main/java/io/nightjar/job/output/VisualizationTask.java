package io.nightjar.job.output;

import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Mask;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.Layers;
import io.nightjar.report.visualization.MaskView;
import io.nightjar.report.visualization.Overlay;
import io.nightjar.report.visualization.ScoreRange;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;

/**
 * One visualization of the report, drawn on an executor.
 *
 * @param kind why the image is shown
 * @param imageSha256 of the file that was scored; empty where it was not read
 * @param maskSha256 of the mask's file that was counted; empty where it was not read
 * @param low the score shown blue
 * @param high the score shown red
 * @param regions outlined in place of a ground truth
 */
record VisualizationTask(
    VisualizationRef.Kind kind,
    ScoredImage image,
    String imageSha256,
    String maskSha256,
    String caption,
    String relativePath,
    float low,
    float high,
    MapMeasure measure,
    OutlinedRegions regions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  VisualizationRef reference() {
    return new VisualizationRef(
        image.ref().category(),
        caption,
        relativePath,
        image.imageScore(),
        image.ref().relativePath(),
        kind,
        Double.isNaN(image.pixelAuprc())
            ? OptionalDouble.empty()
            : OptionalDouble.of(image.pixelAuprc()),
        Optional.empty());
  }

  /**
   * Draws and stores it.
   *
   * @param layered whether its layers are drawn, too
   */
  Drawn draw(String out, boolean layered, Configuration configuration) {
    ImageRef ref = image.ref();
    try {
      RgbImage decoded =
          ImageDecoder.decode(
              read(ref.uri(), imageSha256, configuration), ref.uri(), image.white());
      float[] map = image.full(measure, configuration, decoded.width(), decoded.height()).values();
      MaskView truth =
          regions.isAsked()
              ? regions.of(map, decoded.width(), decoded.height())
              : truth(decoded, configuration);
      ScoreRange range = new ScoreRange(low, high);
      byte[] png = Overlay.png(decoded, truth, map, range);
      new ReportFiles(out, configuration).writeVisualization(relativePath, png);
      return Drawn.with(
          layered ? Optional.of(Layers.of(decoded, truth, map, range)) : Optional.empty());
    } catch (UnreadableFileException e) {
      return Drawn.not(
          Text.format(
              "No visualization of %s was drawn, since a file is no longer what it was when it was scored."
                  + " %s",
              ref.relativePath(), e.getMessage()));
    } catch (IOException e) {
      return Drawn.not(Text.format("%s: %s", undrawn(), e.getMessage()));
    }
  }

  /** That there is none, as the beginning of a sentence. */
  String undrawn() {
    return Text.format("No visualization of %s could be drawn", image.ref().relativePath());
  }

  private static byte[] read(String uri, String sha256, Configuration configuration)
      throws UnreadableFileException {
    byte[] bytes = FileBytes.read(uri, configuration);
    requireUnchanged(uri, sha256, bytes);
    return bytes;
  }

  private static void requireUnchanged(String uri, String sha256, byte[] bytes)
      throws UnreadableFileException {
    if (!sha256.isEmpty() && !Sha256.of(bytes).equals(sha256)) {
      throw new UnreadableFileException(uri, "It changed while the run read it.");
    }
  }

  private MaskView truth(RgbImage drawn, Configuration configuration)
      throws UnreadableFileException {
    ImageRef ref = image.ref();
    if (!ref.isDefective() || !ref.hasMask()) {
      return MaskView.empty(drawn.width(), drawn.height());
    }
    GroundTruth truth = GroundTruth.ofDefective(ref, image.maskValues(), configuration);
    requireUnchanged(ref.maskUri(), maskSha256, truth.encoded().orElseThrow());
    Mask mask = truth.mask();
    return new MaskView(mask.width(), mask.height(), mask::get);
  }
}
