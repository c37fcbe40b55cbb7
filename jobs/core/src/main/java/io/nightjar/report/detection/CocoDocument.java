package io.nightjar.report.detection;

import io.nightjar.json.Json;
import io.nightjar.metric.detection.AnomalyRegion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Regions as annotations in COCO's format for object detection, which tools for labelling read: an
 * annotation for each region of the one class {@value #CLASS}, with its box, its area, its peak as
 * {@code score}, and its pixels as run lengths that are not compressed. Every image is listed,
 * those without a region too.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO, data format</a>
 */
public final class CocoDocument {
  /** The name of the class of every annotation. */
  public static final String CLASS = "anomaly";

  private static final int CLASS_ID = 1;

  private record Document(
      Info info, List<Image> images, List<Kind> categories, List<Annotation> annotations) {}

  private record Info(String description) {}

  private record Image(int id, String fileName, int width, int height) {}

  private record Kind(int id, String name, String supercategory) {}

  /** Boxes are left, top, width and height. */
  private record Annotation(
      int id,
      int imageId,
      int categoryId,
      List<Integer> bbox,
      long area,
      Map<String, Object> segmentation,
      int iscrowd,
      float score,
      double meanScore) {}

  private CocoDocument() {}

  /**
   * The document of all images.
   *
   * @param images in the order of their numbers, from 1
   * @return JSON in UTF-8; a file is named {@code CATEGORY/PATH}
   */
  public static byte[] of(List<ImageRegions> images) {
    List<Image> listed = new ArrayList<>();
    List<Annotation> annotations = new ArrayList<>();
    for (ImageRegions image : images) {
      int number = listed.size() + 1;
      listed.add(
          new Image(number, image.category() + "/" + image.path(), image.width(), image.height()));
      for (DetectedRegion region : image.regions()) {
        annotations.add(annotation(annotations.size() + 1, number, image, region));
      }
    }
    return Json.compactBytes(
        new Document(
            new Info("Regions of anomalies found by Nightjar"),
            listed,
            List.of(new Kind(CLASS_ID, CLASS, CLASS)),
            annotations));
  }

  private static Annotation annotation(
      int number, int imageNumber, ImageRegions image, DetectedRegion region) {
    AnomalyRegion shape = region.shape();
    return new Annotation(
        number,
        imageNumber,
        CLASS_ID,
        List.of(shape.left(), shape.top(), shape.width(), shape.height()),
        shape.area(),
        segmentation(image, region),
        0,
        shape.peak(),
        shape.mean());
  }

  /** Height and width of the image, and the run lengths. */
  private static Map<String, Object> segmentation(ImageRegions image, DetectedRegion region) {
    Map<String, Object> segmentation = new LinkedHashMap<>();
    segmentation.put("size", List.of(image.height(), image.width()));
    segmentation.put("counts", region.runLengths());
    return segmentation;
  }
}
