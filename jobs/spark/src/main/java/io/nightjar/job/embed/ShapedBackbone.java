package io.nightjar.job.embed;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * The network at the shape of a category's images. It is broadcast once; its weights serve every
 * shape.
 *
 * @param model at the shape of the run
 * @param spec at the shape of the images
 */
public record ShapedBackbone(Broadcast<BackboneModel> model, EmbeddingSpec spec)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Images whose tiles fill a batch of so many images or tiles, at least 1. */
  public int imagesOf(int batch) {
    return Math.max(1, batch / spec.tiles().count());
  }

  /** The network at that shape. */
  public BackboneModel value() {
    return model.value().at(spec);
  }
}
