package io.nightjar.table;

import io.nightjar.backbone.SharedBackbone;
import io.nightjar.backbone.engine.LoadedBackbone;
import io.nightjar.backbone.engine.LoadedBackbones;
import io.nightjar.backbone.engine.NetworkInputs;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.UnreadableFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Decodes and embeds the images of a batch of rows, in a task. */
final class ImageBatch {
  private final SharedBackbone backbone;
  private final EmbeddingSpec spec;
  private final int batchImages;
  private final Optional<LinearReduction> reduction;
  private final WhiteLevel white;
  private final int content;

  /**
   * An image that was read, or why it was not.
   *
   * @param row without the encoded image
   * @param inputs of the network: of each tile in turn, an image for each of its sizes; empty where
   *     there is a reason
   * @param reason a sentence; null where the image was read
   */
  record Decoded(Row row, List<RgbImage> inputs, int width, int height, String reason) {
    boolean isReadable() {
      return reason == null;
    }
  }

  /**
   * @param reduced whether patches are reduced by the bank's components
   * @param content the position of the encoded image in a row
   */
  ImageBatch(OpenedBank bank, ScorerSettings settings, boolean reduced, int content) {
    BackboneModel model = OpenedBanks.model(bank, settings);
    this.spec = model.spec();
    this.batchImages = settings.batchImages();
    this.backbone =
        new SharedBackbone(
            model,
            reduced ? LoadedBackbone.Output.REDUCED : LoadedBackbone.Output.PATCHES,
            TaskScope.device(settings.device()),
            TaskScope.threads());
    this.reduction = reduced ? Optional.of(bank.reduction().linear()) : Optional.empty();
    this.white = bank.whiteLevel();
    this.content = content;
    LoadedBackbones.Lease lease = backbone.acquire();
    TaskScope.keepOpen(lease::close);
  }

  /** The embedding of an image. */
  EmbeddingSpec spec() {
    return spec;
  }

  List<Decoded> decode(List<Row> rows) {
    return rows.stream().map(this::decode).toList();
  }

  private Decoded decode(Row row) {
    Row kept = ImageTable.kept(row, content);
    byte[] encoded = (byte[]) row.get(content);
    if (encoded == null) {
      return new Decoded(kept, List.of(), 0, 0, "The value is null.");
    }
    try {
      NetworkInputs inputs = NetworkInputs.decode(encoded, "the image", white, spec);
      return new Decoded(kept, inputs.images(), inputs.width(), inputs.height(), null);
    } catch (UnreadableFileException e) {
      return new Decoded(kept, List.of(), 0, 0, e.reason());
    }
  }

  /** The values of all patches of the readable images, one after another; empty for none. */
  float[] embed(List<Decoded> images) {
    List<RgbImage> inputs = new ArrayList<>();
    for (Decoded image : images) {
      if (image.isReadable()) {
        inputs.addAll(image.inputs());
      }
    }
    if (inputs.isEmpty()) {
      return new float[0];
    }
    return spec.tiles().isWhole() ? backbone.embed(inputs, reduction).get(0) : embedTiles(inputs);
  }

  /** As many tiles at once as images otherwise. */
  private float[] embedTiles(List<RgbImage> inputs) {
    Optional<LinearReduction> unplaced = reduction.map(LinearReduction::unplaced);
    int most = batchImages * spec.imageSizes().size();
    float[] all = new float[0];
    int at = 0;
    for (int from = 0; from < inputs.size(); from += most) {
      List<RgbImage> some = inputs.subList(from, Math.min(inputs.size(), from + most));
      float[] values = backbone.embed(some, unplaced).get(0);
      if (from == 0) {
        all = new float[Math.multiplyExact(values.length / some.size(), inputs.size())];
      }
      System.arraycopy(values, 0, all, at, values.length);
      at += values.length;
    }
    float[] embedded = all;
    return reduction.map(linear -> linear.placed(embedded)).orElse(embedded);
  }
}
