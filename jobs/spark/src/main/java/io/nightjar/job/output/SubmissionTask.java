package io.nightjar.job.output;

import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.tiff.HalfTiffWriter;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.BinaryImage;
import io.nightjar.score.AnomalyMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;

/**
 * The map of one image to submit, written on an executor.
 *
 * @param name of the object, split and image, without an extension
 * @param threshold the lowest score of a defective pixel; NaN where none is known
 */
record SubmissionTask(ScoredImage image, String name, float threshold, MapMeasure measure)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  void write(String folder, Configuration configuration)
      throws IOException, UnreadableFileException {
    int width = image.truth().width();
    int height = image.truth().height();
    AnomalyMap map = image.full(measure, configuration, width, height);
    ReportFiles files = new ReportFiles(folder, configuration);
    ByteArrayOutputStream tiff = new ByteArrayOutputStream();
    HalfTiffWriter writer = new HalfTiffWriter(tiff, width, height);
    BinaryImage binary = new BinaryImage(width, height, threshold);
    for (int y = 0; y < height; y++) {
      float[] row = Arrays.copyOfRange(map.values(), y * width, (y + 1) * width);
      writer.row(row);
      binary.row(y, row);
    }
    writer.end();
    files.write("anomaly_images/" + name + ".tiff", tiff.toByteArray());
    if (!Float.isNaN(threshold)) {
      files.write("anomaly_images_thresholded/" + name + ".png", binary.png());
    }
  }
}
