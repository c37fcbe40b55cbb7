package io.nightjar.job.options;

import static io.nightjar.job.options.OptionRange.require;

import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the passes over a bank's normal images are carried out.
 *
 * @param chunkImages images in one unit of work, 1 to 4096; sums are combined chunk by chunk, so
 *     the last digits of results depend on it
 * @param trainPatches what becomes of the patches between the two passes
 * @param pcaSolver who computes the principal components
 */
public record FitOptions(int chunkImages, TrainPatches trainPatches, PcaSolver pcaSolver) {
  /** Chunks of 16 images, solved in blocks; patches are kept where the rule says so. */
  public static final FitOptions DEFAULT = new FitOptions(16, TrainPatches.AUTO, PcaSolver.BLOCKED);

  /**
   * Checks the range.
   *
   * @param chunkImages images in one unit of work, 1 to 4096
   * @param trainPatches what becomes of the patches between the two passes
   * @param pcaSolver who computes the principal components
   * @throws InvalidInputException naming the option that is out of range
   */
  public FitOptions {
    require(
        chunkImages >= 1 && chunkImages <= 4096,
        "chunk-images",
        chunkImages,
        "at least batch-images and at most 4096");
  }

  /**
   * These options with another number of images in a chunk.
   *
   * @param value 1 to 4096
   * @return the changed options
   * @throws InvalidInputException if it is out of range
   */
  public FitOptions withChunkImages(int value) {
    return new FitOptions(value, trainPatches, pcaSolver);
  }

  /**
   * These options with another choice between keeping patches and computing them again.
   *
   * @param value what becomes of the patches between the two passes
   * @return the changed options
   */
  public FitOptions withTrainPatches(TrainPatches value) {
    return new FitOptions(chunkImages, value, pcaSolver);
  }

  /**
   * These options with another solver.
   *
   * @param value who computes the principal components
   * @return the changed options
   */
  public FitOptions withPcaSolver(PcaSolver value) {
    return new FitOptions(chunkImages, trainPatches, value);
  }

  /**
   * Refuses chunks that do not hold one batch.
   *
   * @param embed names the size of a batch
   * @throws InvalidInputException if a chunk is smaller than a batch
   */
  public void requireRoomFor(EmbedOptions embed) {
    require(
        chunkImages >= embed.batchImages(),
        "chunk-images",
        chunkImages,
        "at least batch-images (" + embed.batchImages() + ") and at most 4096");
  }

  /**
   * Every option by its name in {@code run.json}.
   *
   * @return values by name, in a fixed order
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("chunk_images", chunkImages);
    map.put("train_patches", OptionRange.id(trainPatches));
    map.put("pca_solver", OptionRange.id(pcaSolver));
    return map;
  }
}
