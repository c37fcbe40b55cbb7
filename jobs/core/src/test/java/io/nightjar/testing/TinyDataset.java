package io.nightjar.testing;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SavedWeights;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.demo.DemoDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Two generated categories and a small network: enough for what does not depend on real images.
 * Both are computed once per process.
 */
public final class TinyDataset {
  public static final List<String> CATEGORIES = List.of("carpet", "bottle");

  private TinyDataset() {}

  /** Writes the data set below a folder, which the caller may then change. */
  public static Path generate(Path directory) {
    try {
      for (Map.Entry<String, byte[]> file : Drawn.FILES.entrySet()) {
        Path copy = directory.resolve(file.getKey());
        Files.createDirectories(copy.getParent());
        Files.write(copy, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }

  public static BackboneModel backbone() {
    return Network.BACKBONE;
  }

  /** The weights of {@link #backbone}, which other specifications of its architecture take too. */
  public static Weights weights() {
    return Network.WEIGHTS;
  }

  /**
   * The weights of {@link #backbone} as a {@code .safetensors} file, without those of the last
   * stage: three quarters of all, which each command would read and hash.
   */
  public static Path writeWeights(Path file) throws IOException {
    return SavedWeights.safetensors(Network.WEIGHTS, name -> !name.startsWith("layer4."), file);
  }

  /** The same with all stages, as published files have them. */
  public static Path writeWholeWeights(Path file) throws IOException {
    return SavedWeights.safetensors(Network.WEIGHTS, file);
  }

  /** Drawn by the first test that asks. */
  private static final class Drawn {
    /** By their path in the data set. */
    static final Map<String, byte[]> FILES = draw();

    private static Map<String, byte[]> draw() {
      try {
        Path folder = Files.createTempDirectory("nightjar-tiny-dataset");
        DemoDataset.generate(folder, new DemoDataset.Options(64, 9, 2, 1, 7L), CATEGORIES);
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> drawn = Files.walk(folder)) {
          for (Path path : drawn.sorted(Comparator.reverseOrder()).toList()) {
            if (Files.isRegularFile(path)) {
              files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
            }
            Files.delete(path);
          }
        }
        return files;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Built by the first test that asks. */
  private static final class Network {
    static final Weights WEIGHTS = SeededWeights.of(Architecture.RESNET18, 11L);
    static final BackboneModel BACKBONE =
        BackboneModel.build(
            new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 64, 8), WEIGHTS);
  }
}
