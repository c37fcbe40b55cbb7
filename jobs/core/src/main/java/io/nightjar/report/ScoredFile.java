package io.nightjar.report;

import io.nightjar.score.ImageScores;
import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * What was found in an unlabelled image.
 *
 * @param path its path within the category
 * @param imageScore of the kind that was asked for
 * @param mapMax the largest distance of a patch
 * @param mapMean the mean distance of the patches
 * @param width of the image in pixels
 * @param height of the image in pixels
 * @param sha256 of the image's file, in hexadecimal
 * @param mapHeight rows of the map
 * @param mapWidth columns of the map
 * @param map the distances of the patches, row by row
 * @param imageScores of every kind
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of the map, never compared or used as a key
public record ScoredFile(
    String path,
    float imageScore,
    float mapMax,
    double mapMean,
    int width,
    int height,
    String sha256,
    int mapHeight,
    int mapWidth,
    float[] map,
    ImageScores imageScores)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /**
   * Checks that the map has its shape.
   *
   * @param path its path within the category
   * @param imageScore of the kind that was asked for
   * @param mapMax the largest distance of a patch
   * @param mapMean the mean distance of the patches
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param sha256 of the image's file, in hexadecimal
   * @param mapHeight rows of the map
   * @param mapWidth columns of the map
   * @param map the distances of the patches, row by row
   * @param imageScores of every kind
   * @throws IllegalArgumentException if it has more or fewer values
   */
  public ScoredFile {
    if ((long) mapHeight * mapWidth != map.length) {
      throw new IllegalArgumentException(
          Text.format(
              "A map of %d x %d of %s has %d values", mapHeight, mapWidth, path, map.length));
    }
  }
}
