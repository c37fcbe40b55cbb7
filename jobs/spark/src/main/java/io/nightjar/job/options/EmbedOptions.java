package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.error.InvalidInputException;
import io.nightjar.tile.TileRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How images go through the backbone.
 *
 * @param device where it runs
 * @param batchImages images in one pass through it, 1 to 1024
 * @param whiteLevel the sample that is white in images of more than 8 bits, 255 to 65535; empty
 *     where the images of a category, or its bank, decide
 * @param aspect the shape of the network's input; kept, it is that of a category's images, or its
 *     bank's
 * @param tiles that images are cut into, each of which is embedded as an image is; with a stored
 *     bank, nothing asks for those of the bank
 */
public record EmbedOptions(
    DeviceRequest device, int batchImages, OptionalInt whiteLevel, Aspect aspect, TileRule tiles) {
  /** The value of a white level that follows from the images or the bank. */
  public static final String AUTO = "auto";

  /** On the GPU that Spark assigned, otherwise on the CPU. */
  public static final EmbedOptions DEFAULT =
      new EmbedOptions(DeviceRequest.AUTO, 8, OptionalInt.empty(), Aspect.SQUEEZE, TileRule.NONE);

  /**
   * Checks the range.
   *
   * @param device where the backbone runs
   * @param batchImages images in one pass, 1 to 1024
   * @param whiteLevel the sample that is white in images of more than 8 bits, 255 to 65535; empty
   *     where it follows from the images or the bank
   * @param aspect the shape of the network's input
   * @param tiles that images are cut into
   * @throws InvalidInputException naming the option that is out of range
   */
  public EmbedOptions {
    require(batchImages >= 1 && batchImages <= 1024, "batch-images", batchImages, "1 to 1024");
    int white = whiteLevel.orElse(WhiteLevel.FULL.sample());
    require(
        white >= 255 && white <= WhiteLevel.FULL.sample(),
        "white-level",
        white,
        "\"auto\" or 255 to 65535");
  }

  /**
   * These options with another device.
   *
   * @param value where the backbone runs
   * @return the changed options
   */
  public EmbedOptions withDevice(DeviceRequest value) {
    return new EmbedOptions(value, batchImages, whiteLevel, aspect, tiles);
  }

  /**
   * These options with another number of images in a batch.
   *
   * @param value 1 to 1024
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public EmbedOptions withBatchImages(int value) {
    return new EmbedOptions(device, value, whiteLevel, aspect, tiles);
  }

  /**
   * These options with a white level.
   *
   * @param value the sample that is white in images of more than 8 bits, 255 to 65535
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public EmbedOptions withWhiteLevel(int value) {
    return new EmbedOptions(device, batchImages, OptionalInt.of(value), aspect, tiles);
  }

  /**
   * These options with another shape of the network's input.
   *
   * @param value whether images are squeezed or keep their shape
   * @return the changed options
   */
  public EmbedOptions withAspect(Aspect value) {
    return new EmbedOptions(device, batchImages, whiteLevel, value, tiles);
  }

  /**
   * These options with images that are cut into tiles.
   *
   * @param value the tiles that are asked for
   * @return the changed options
   */
  public EmbedOptions withTiles(TileRule value) {
    return new EmbedOptions(device, batchImages, whiteLevel, aspect, value);
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order; {@code aspect} only where it is kept, {@code tiles},
   *     {@code tile_overlap} and {@code smallest_defect} only where there are some
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (aspect != Aspect.SQUEEZE) {
      map.put("aspect", aspect.id());
    }
    map.put("batch_images", batchImages);
    map.put("device", OptionRange.id(device));
    if (!tiles.isNone()) {
      if (tiles.defect() > 0) {
        map.put("smallest_defect", tiles.defect());
      }
      map.put("tiles", tiles.value());
      map.put("tile_overlap", tiles.overlap());
    }
    map.put("white_level", whiteLevel.isPresent() ? whiteLevel.getAsInt() : AUTO);
    return map;
  }
}
