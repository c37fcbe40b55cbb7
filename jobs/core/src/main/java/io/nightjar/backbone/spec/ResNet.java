package io.nightjar.backbone.spec;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The convolutions of a ResNet backbone and how they follow one another, under torchvision's tensor
 * names.
 *
 * @param stem the first convolution, 7x7 with stride 2
 * @param pooling the 3x3 max pooling with stride 2 after it
 * @param stages the blocks of each requested stage
 */
public record ResNet(Convolution stem, Pooling pooling, List<List<Block>> stages) {

  /** How the pooling treats the border. */
  public enum Pooling {
    /** One cell of padding on each side. */
    PADDED,
    /** No padding; the last, partly filled window counts. */
    CEIL_WITHOUT_PADDING;

    /**
     * The size after it.
     *
     * @param before of the maps
     * @return about half of both sides
     */
    public Size size(Size before) {
      return new Size(side(before.height()), side(before.width()));
    }

    private int side(int before) {
      return switch (this) {
        case PADDED -> (before - 1) / 2 + 1;
        case CEIL_WITHOUT_PADDING -> (before - 2) / 2 + 1;
      };
    }
  }

  /**
   * A square convolution that is followed by batch norm.
   *
   * @param name of the convolution's tensors, without {@code .weight}
   * @param norm of the batch norm's tensors, without {@code .weight}
   * @param in input channels
   * @param out output channels
   * @param kernel side of the kernel: 1, 3 or 7
   * @param stride 1 or 2, the same along both sides
   * @param bias whether the convolution has a bias of its own
   */
  public record Convolution(
      String name, String norm, int in, int out, int kernel, int stride, boolean bias) {
    /**
     * Cells of zero padding on each side: at stride 1 the size stays the same.
     *
     * @return 0 for a kernel of 1
     */
    public int padding() {
      return kernel / 2;
    }

    /**
     * The size after it.
     *
     * @param before of the maps
     * @return the same at stride 1, half of both sides, rounded up, at stride 2
     */
    public Size size(Size before) {
      return new Size(side(before.height()), side(before.width()));
    }

    private int side(int before) {
      return (before + 2 * padding() - kernel) / stride + 1;
    }

    /**
     * The tensors that the convolution and its batch norm read, with their shapes.
     *
     * @return shapes by tensor names: kernels are {@code [out, in, kernel, kernel]}, all others
     *     {@code [out]}
     */
    public Map<String, List<Integer>> tensors() {
      Map<String, List<Integer>> tensors = new LinkedHashMap<>();
      tensors.put(name + ".weight", List.of(out, in, kernel, kernel));
      if (bias) {
        tensors.put(name + ".bias", List.of(out));
      }
      for (String tensor : List.of("weight", "bias", "running_mean", "running_var")) {
        tensors.put(norm + "." + tensor, List.of(out));
      }
      return tensors;
    }
  }

  /**
   * A residual block: ReLU after each convolution of the path but the last, whose output is added
   * to the shortcut before the block's own ReLU.
   *
   * @param name the prefix of its tensors, such as {@code layer2.0}
   * @param path the convolutions, two or three, in their order
   * @param shortcut a 1x1 convolution; empty where the block's input itself is added
   */
  public record Block(String name, List<Convolution> path, Optional<Convolution> shortcut) {}

  /**
   * The sizes of the stages' outputs.
   *
   * @param image size of the images in pixels
   * @return one for each stage
   */
  public List<Size> stageSizes(Size image) {
    List<Size> sizes = new ArrayList<>();
    Size size = pooling.size(stem.size(image));
    for (List<Block> stage : stages) {
      for (Block block : stage) {
        for (Convolution convolution : block.path()) {
          size = convolution.size(size);
        }
      }
      sizes.add(size);
    }
    return sizes;
  }

  /**
   * The backbone of an architecture up to and including a stage, 1 to 4.
   *
   * @param architecture which
   * @param lastStage 1 to 4
   * @return the backbone without the classifier
   */
  public static ResNet of(Architecture architecture, int lastStage) {
    boolean asPublished = architecture == Architecture.RESNET50_V1;
    List<List<Block>> stages = new ArrayList<>();
    int in = 64;
    for (int stage = 1; stage <= lastStage; stage++) {
      List<Block> blocks = new ArrayList<>();
      for (int index = 0; index < architecture.blocks(stage); index++) {
        blocks.add(block(architecture, stage, index, in));
        in = architecture.channels(stage);
      }
      stages.add(List.copyOf(blocks));
    }
    return new ResNet(
        new Convolution("conv1", "bn1", 3, 64, 7, 2, asPublished),
        asPublished ? Pooling.CEIL_WITHOUT_PADDING : Pooling.PADDED,
        List.copyOf(stages));
  }

  private static Block block(Architecture architecture, int stage, int index, int in) {
    String name = Text.format("layer%d.%d", stage, index);
    int inner = architecture.innerChannels(stage);
    int out = architecture.channels(stage);
    int stride = stage > 1 && index == 0 ? 2 : 1;
    List<Convolution> path;
    if (architecture.bottleneck()) {
      int width = inner * architecture.widthFactor();
      boolean strideFirst = architecture == Architecture.RESNET50_V1;
      path =
          List.of(
              convolution(name, 1, in, width, 1, strideFirst ? stride : 1),
              convolution(name, 2, width, width, 3, strideFirst ? 1 : stride),
              convolution(name, 3, width, out, 1, 1));
    } else {
      path =
          List.of(
              convolution(name, 1, in, inner, 3, stride), convolution(name, 2, inner, out, 3, 1));
    }
    Optional<Convolution> shortcut =
        stride == 1 && in == out
            ? Optional.empty()
            : Optional.of(
                new Convolution(
                    name + ".downsample.0", name + ".downsample.1", in, out, 1, stride, false));
    return new Block(name, path, shortcut);
  }

  private static Convolution convolution(
      String block, int number, int in, int out, int kernel, int stride) {
    return new Convolution(
        block + ".conv" + number, block + ".bn" + number, in, out, kernel, stride, false);
  }

  /**
   * Every convolution, in the order of the network.
   *
   * @return the stem first; within a block the path, then the shortcut
   */
  public List<Convolution> convolutions() {
    List<Convolution> all = new ArrayList<>();
    all.add(stem);
    for (List<Block> stage : stages) {
      for (Block block : stage) {
        all.addAll(block.path());
        block.shortcut().ifPresent(all::add);
      }
    }
    return all;
  }

  /**
   * Every tensor that the backbone reads, with its shape, in the order of the network.
   *
   * @return shapes by tensor names
   */
  public Map<String, List<Integer>> tensors() {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    convolutions().forEach(convolution -> tensors.putAll(convolution.tensors()));
    return tensors;
  }
}
