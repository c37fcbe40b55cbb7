package io.nightjar.job.artifact;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.PackedDefect;
import io.nightjar.dataset.PackedMask;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.tile.TileNumbers;
import io.nightjar.tile.Tiling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scored images, whose maps are in memory, within an artefact: JSON, and for each image as float32
 * its scores of every kind, the smallest and the largest value of its map, and the map.
 */
final class StoredImages {
  private static final int BEFORE_MAP = 5;

  /**
   * A scored image; its numbers of float32 are among the values.
   *
   * @param tiles that the image was cut into; empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Image(
      String path,
      int mapWidth,
      int mapHeight,
      List<TileNumbers> tiles,
      int width,
      int height,
      byte[] truth,
      List<Defect> defects,
      String maskValues,
      int white,
      String input,
      double pixelAuprc) {}

  /** A defect of an image, of the size of its truth. */
  @SuppressWarnings("ArrayRecordComponent") // likewise
  record Defect(byte[] mask, long saturationArea) {
    static Defect of(PackedDefect defect) {
      return new Defect(defect.mask().deflated(), defect.saturationArea());
    }
  }

  private StoredImages() {}

  /** The JSON of images. */
  static List<Image> describe(List<ScoredImage> images) {
    return images.stream().map(StoredImages::describe).toList();
  }

  private static Image describe(ScoredImage image) {
    AnomalyMap map = map(image);
    return new Image(
        image.ref().relativePath(),
        map.width(),
        map.height(),
        Stream.ofNullable(TileNumbers.of(map.tiles())).toList(),
        image.truth().width(),
        image.truth().height(),
        image.truth().deflated(),
        image.defects().stream().map(Defect::of).toList(),
        image.maskValues().name(),
        image.white().sample(),
        image.input().toString(),
        image.pixelAuprc());
  }

  /** The numbers of float32 of images. */
  static float[] values(List<ScoredImage> images) {
    float[] values =
        new float[images.stream().mapToInt(i -> BEFORE_MAP + map(i).values().length).sum()];
    int at = 0;
    for (ScoredImage image : images) {
      values[at] = image.scores().max();
      values[at + 1] = image.scores().top3();
      values[at + 2] = image.scores().top1Percent();
      values[at + 3] = image.low();
      values[at + 4] = image.high();
      float[] map = map(image).values();
      System.arraycopy(map, 0, values, at + BEFORE_MAP, map.length);
      at += BEFORE_MAP + map.length;
    }
    return values;
  }

  private static AnomalyMap map(ScoredImage image) {
    return ((MapSource.InMemory) image.map()).map();
  }

  /**
   * The images again.
   *
   * @param refs the images of this run by their paths
   * @param chosen the kind of image score that counts in this run
   * @throws IllegalArgumentException if one is not as it was written, or is none of this run's
   */
  static List<ScoredImage> read(
      List<Image> stored, float[] values, Map<String, ImageRef> refs, ImageScoreKind chosen) {
    List<ScoredImage> images = new ArrayList<>();
    int at = 0;
    for (Image image : stored) {
      int cells = Math.multiplyExact(image.mapWidth, image.mapHeight);
      ImageRef ref = refs.get(image.path);
      if (ref == null || cells < 0 || cells > values.length - at - BEFORE_MAP) {
        throw new IllegalArgumentException("the image " + image.path + " is not as it should be");
      }
      float[] map = Arrays.copyOfRange(values, at + BEFORE_MAP, at + BEFORE_MAP + cells);
      images.add(
          new ScoredImage(
              ref,
              new MapSource.InMemory(
                  new AnomalyMap(map, image.mapWidth, image.mapHeight, tiles(image))),
              new PackedMask(image.width, image.height, image.truth),
              defects(image),
              MaskValues.valueOf(image.maskValues),
              new WhiteLevel(image.white),
              size(image),
              new ImageScores(values[at], values[at + 1], values[at + 2]),
              chosen,
              image.pixelAuprc,
              values[at + 3],
              values[at + 4]));
      at += BEFORE_MAP + cells;
    }
    return images;
  }

  private static Tiling tiles(Image image) {
    return image.tiles.stream().findFirst().map(TileNumbers::tiling).orElse(Tiling.WHOLE);
  }

  private static Size size(Image image) {
    try {
      return Size.parse(image.input);
    } catch (InvalidInputException e) {
      throw new IllegalArgumentException("the image " + image.path + " has no size", e);
    }
  }

  private static List<PackedDefect> defects(Image image) {
    return image.defects.stream()
        .map(
            defect ->
                new PackedDefect(
                    new PackedMask(image.width, image.height, defect.mask), defect.saturationArea))
        .toList();
  }
}
