package io.nightjar.backbone.engine;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.EmbeddingHead;
import io.nightjar.backbone.graph.FoldedWeights;
import io.nightjar.backbone.graph.Normalisation;
import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.onednn.Network;
import io.nightjar.backbone.onednn.NetworkBuilder;
import io.nightjar.backbone.onednn.NetworkBuilder.Activation;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.backbone.spec.Size;
import java.util.ArrayList;
import java.util.List;

/**
 * A ResNet backbone as a sequence of oneDNN's operations: normalised planes in, the maps of a
 * {@link PatchLayout} out.
 *
 * @param network the operations
 * @param input the slot of the planes, float32 {@code [image][3][height][width]}
 * @param levels for each level of the layout the slot of its maps, float32 {@code
 *     [image][cell][channels]}
 */
record OneDnnProgram(Network network, int input, List<Integer> levels) {

  /** A program for batches of {@code images} images. */
  static OneDnnProgram of(BackboneModel backbone, int images) {
    return new Compiler(backbone, images).compile();
  }

  private static final class Compiler {
    private final EmbeddingSpec spec;
    private final PatchLayout layout;
    private final FoldedWeights weights;
    private final NetworkBuilder builder;
    private final List<Integer> levels = new ArrayList<>();

    /** Slots whose values are no longer needed. */
    private final List<Integer> free = new ArrayList<>();

    Compiler(BackboneModel backbone, int images) {
      spec = backbone.spec();
      layout = backbone.layout();
      weights = backbone.foldedWeights();
      builder = new NetworkBuilder(images);
    }

    OneDnnProgram compile() {
      int input = builder.slot(Normalisation.CHANNELS * spec.imageSize().cells());
      for (PatchLayout.Level level : layout.levels()) {
        levels.add(builder.slot(level.values()));
      }
      for (int i = 0; i < 4; i++) {
        free.add(builder.slot());
      }
      ResNet network = ResNet.of(spec.architecture(), spec.lastStage());
      int value = stem(network, input);
      int firstChannel = 0;
      for (int stage = 1; stage <= network.stages().size(); stage++) {
        for (ResNet.Block block : network.stages().get(stage - 1)) {
          value = block(block, value);
        }
        if (spec.layers().contains(stage)) {
          firstChannel = output(value, firstChannel);
        }
      }
      return new OneDnnProgram(builder.build(), input, List.copyOf(levels));
    }

    private int stem(ResNet network, int input) {
      int convolved = take();
      int pooled = take();
      builder.convolvePlanes(
          input,
          spec.imageSize().height(),
          spec.imageSize().width(),
          weights.filter(network.stem()),
          convolved);
      int padding = network.pooling() == ResNet.Pooling.PADDED ? 1 : 0;
      builder.maxPool(convolved, padding, pooled);
      free.add(convolved);
      return pooled;
    }

    /** The last convolution adds its sums to the shortcut, in the shortcut's memory. */
    private int block(ResNet.Block block, int input) {
      int sum = input;
      if (block.shortcut().isPresent()) {
        sum = take();
        builder.convolve(input, weights.filter(block.shortcut().get()), sum, Activation.NONE);
      }
      int value = input;
      for (int i = 0; i < block.path().size() - 1; i++) {
        int next = take();
        builder.convolve(value, weights.filter(block.path().get(i)), next, Activation.RELU);
        if (value != input) {
          free.add(value);
        }
        value = next;
      }
      ResNet.Convolution last = block.path().get(block.path().size() - 1);
      builder.convolve(value, weights.filter(last), sum, Activation.ADD_AND_RELU);
      free.add(value);
      if (sum != input) {
        free.add(input);
      }
      return sum;
    }

    /**
     * Writes the maps of a stage to its level; returns the number of channels that have been
     * written.
     */
    private int output(int value, int firstChannel) {
      Size stage = size(value);
      Size size = PatchLayout.sizeOf(stage, spec.grid());
      int number = 0;
      int before = 0;
      while (!layout.levels().get(number).size().equals(size)) {
        before += layout.levels().get(number).channels();
        number++;
      }
      int maps = value;
      if (!stage.equals(size)) {
        maps = take();
        if (EmbeddingHead.averages(spec.imageSize(), stage, size)) {
          builder.averagePool(
              value, stage.height() / size.height(), stage.width() / size.width(), maps);
        } else {
          builder.resize(value, size.height(), size.width(), maps);
        }
        free.add(maps);
      }
      builder.gather(
          maps, levels.get(number), layout.levels().get(number).channels(), firstChannel - before);
      return firstChannel + builder.shape(maps).channels();
    }

    private Size size(int value) {
      return new Size(builder.shape(value).height(), builder.shape(value).width());
    }

    private int take() {
      return free.remove(free.size() - 1);
    }
  }
}
