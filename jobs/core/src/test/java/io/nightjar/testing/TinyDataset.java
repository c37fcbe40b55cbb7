package io.nightjar.testing;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SavedWeights;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.demo.DemoDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two generated categories and a small network: enough for what does not depend on real images. */
public final class TinyDataset {
  public static final List<String> CATEGORIES = List.of("carpet", "bottle");

  private TinyDataset() {}

  public static Path generate(Path directory) {
    DemoDataset.generate(directory, new DemoDataset.Options(64, 9, 2, 1, 7L), CATEGORIES);
    return directory;
  }

  public static BackboneModel backbone() {
    return BackboneModel.build(
        new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 64, 8), weights());
  }

  /** The weights of {@link #backbone} as a {@code .safetensors} file. */
  public static Path writeWeights(Path file) throws IOException {
    return SavedWeights.safetensors(weights(), file);
  }

  private static Weights weights() {
    return SeededWeights.of(Architecture.RESNET18, 11L);
  }
}
