package io.nightjar.job.detection;

import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.metric.detection.AnomalyRegions;
import io.nightjar.metric.detection.RegionFinder;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.report.detection.DetectedRegion;
import io.nightjar.report.detection.ImageRegions;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.report.visualization.BinaryImage;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The regions of one image, found on an executor.
 *
 * @param mask the path of the image's mask within the folder of masks
 * @param threshold the score from which on a pixel belongs to a region
 */
record RegionTask(
    ScoredImage image, String mask, float threshold, RegionRules rules, MapMeasure measure)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Finds them, and writes a mask of them where there are any. */
  ImageRegions find(String folder, Configuration configuration)
      throws IOException, UnreadableFileException {
    int width = image.truth().width();
    int height = image.truth().height();
    RegionFinder finder = new RegionFinder(width, height, threshold, rules);
    image.rows(measure, configuration, finder);
    AnomalyRegions found = finder.regions();
    List<DetectedRegion> regions = new ArrayList<>();
    for (int place = 0; place < found.all().size(); place++) {
      regions.add(new DetectedRegion(found.all().get(place), found.runLengths(place)));
    }
    if (!regions.isEmpty()) {
      new ReportFiles(folder, configuration).write(mask, png(found, width, height));
    }
    return new ImageRegions(
        image.ref().category(), image.ref().relativePath(), width, height, regions);
  }

  private static byte[] png(AnomalyRegions found, int width, int height) {
    BinaryImage binary = new BinaryImage(width, height);
    boolean[] marks = new boolean[width];
    for (int y = 0; y < height; y++) {
      found.row(y, marks);
      binary.row(y, marks);
    }
    return binary.png();
  }
}
