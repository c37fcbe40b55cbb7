package io.nightjar.report;

import io.nightjar.score.ImageScores;
import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * What was found in one image.
 *
 * @param category the image's category
 * @param split {@code train} or {@code test}
 * @param defect the folder it lies in: {@code good} or the kind of defect
 * @param path its path within the category, such as {@code test/crack/000.png}
 * @param defective whether the data set calls it defective
 * @param imageScore of the kind that was asked for
 * @param mapHeight rows of the map
 * @param mapWidth columns of the map
 * @param map the distances, row by row
 * @param imageHeight rows of the image; 0 where that is not known
 * @param imageWidth columns of the image; 0 where that is not known
 * @param imageScores of every kind
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of the map, never compared or used as a key
public record ImageResult(
    String category,
    String split,
    String defect,
    String path,
    boolean defective,
    float imageScore,
    int mapHeight,
    int mapWidth,
    float[] map,
    int imageHeight,
    int imageWidth,
    ImageScores imageScores)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /**
   * Checks that the map has its shape.
   *
   * @param category the image's category
   * @param split {@code train} or {@code test}
   * @param defect the folder it lies in: {@code good} or the kind of defect
   * @param path its path within the category, such as {@code test/crack/000.png}
   * @param defective whether the data set calls it defective
   * @param imageScore of the kind that was asked for
   * @param mapHeight rows of the map
   * @param mapWidth columns of the map
   * @param map the distances, row by row
   * @param imageHeight rows of the image; 0 where that is not known
   * @param imageWidth columns of the image; 0 where that is not known
   * @param imageScores of every kind
   * @throws IllegalArgumentException if it has more or fewer values
   */
  public ImageResult {
    if ((long) mapHeight * mapWidth != map.length) {
      throw new IllegalArgumentException(
          Text.format(
              "A map of %d x %d of %s has %d values", mapHeight, mapWidth, path, map.length));
    }
  }
}
