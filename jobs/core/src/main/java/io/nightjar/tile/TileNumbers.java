package io.nightjar.tile;

import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tiles of images as files name them.
 *
 * @param imageHeight of the images that the tiles are laid out for, in pixels
 * @param imageWidth of these images, in pixels
 * @param height of a tile, in pixels of such an image
 * @param width of a tile, likewise
 * @param overlap of neighbouring tiles, likewise
 */
public record TileNumbers(int imageHeight, int imageWidth, int height, int width, int overlap) {

  /**
   * Those of some tiles.
   *
   * @param tiles of images
   * @return null for whole images, which files do not name
   */
  public static TileNumbers of(Tiling tiles) {
    return tiles.isWhole()
        ? null
        : new TileNumbers(
            tiles.rows().length(),
            tiles.columns().length(),
            tiles.rows().side(),
            tiles.columns().side(),
            tiles.rows().overlap());
  }

  /**
   * The tiles.
   *
   * @return never {@link Tiling#WHOLE}
   * @throws IllegalArgumentException if the numbers are no tiles
   */
  public Tiling tiling() {
    Tiling tiles =
        new Tiling(
            new TileAxis(imageHeight, height, overlap), new TileAxis(imageWidth, width, overlap));
    if (tiles.isWhole()) {
      throw new IllegalArgumentException(
          Text.format("its tiles are those of an image of %d x %d pixel", imageHeight, imageWidth));
    }
    return tiles;
  }

  /**
   * The numbers by their names in files.
   *
   * @return in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("image_height", imageHeight);
    map.put("image_width", imageWidth);
    map.put("height", height);
    map.put("width", width);
    map.put("overlap", overlap);
    return map;
  }
}
