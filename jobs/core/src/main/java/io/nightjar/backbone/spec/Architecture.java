package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ResNet backbones that Nightjar can build.
 *
 * <p>Sources: He et al., "Deep Residual Learning for Image Recognition" (2015); Zagoruyko and
 * Komodakis, "Wide Residual Networks" (2016); torchvision's ResNet, whose tensor names the weight
 * files use.
 */
public enum Architecture {
  /** Basic blocks of two 3x3 convolutions; torchvision. */
  RESNET18("resnet18", false, 1),

  /** Bottleneck blocks with the stride on the 3x3 convolution ("v1.5"); torchvision. */
  RESNET50("resnet50", true, 1),

  /**
   * Bottleneck blocks as published: the stride on the first 1x1 convolution, a bias in the first
   * convolution, max pooling without padding in ceil mode; Caffe and Keras.
   */
  RESNET50_V1("resnet50_v1", true, 1),

  /** {@link #RESNET50} with twice the channels in each 3x3 convolution; torchvision. */
  WIDE_RESNET50_2("wide_resnet50_2", true, 2);

  private final String id;
  private final boolean bottleneck;
  private final int widthFactor;

  Architecture(String id, boolean bottleneck, int widthFactor) {
    this.id = id;
    this.bottleneck = bottleneck;
    this.widthFactor = widthFactor;
  }

  /**
   * The architecture of this name.
   *
   * @param name as {@link #id} gives it; case and surrounding spaces are ignored
   * @return the architecture
   * @throws InvalidInputException naming the known ones
   */
  public static Architecture parse(String name) {
    return Arrays.stream(values())
        .filter(architecture -> architecture.id.equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "Unknown backbone '%s': choose one of %s.",
                        name,
                        Arrays.stream(values())
                            .map(Architecture::id)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * The architectures of several names.
   *
   * @param names as {@link #id} gives them, between commas
   * @return in their order, at least one
   * @throws InvalidInputException naming the known ones
   */
  public static List<Architecture> parseAll(String names) {
    return Arrays.stream(names.split(",", -1)).map(Architecture::parse).toList();
  }

  /**
   * The names of several architectures.
   *
   * @param architectures in any order
   * @return their names between commas, in that order
   */
  public static String ids(List<Architecture> architectures) {
    return architectures.stream().map(Architecture::id).collect(Collectors.joining(","));
  }

  /**
   * The name in options and files, such as {@code resnet50_v1}.
   *
   * @return lower case
   */
  public String id() {
    return id;
  }

  /**
   * The output channels of a stage: 64 to 512 with basic blocks, 256 to 2048 with bottleneck
   * blocks.
   *
   * @param stage 1 to 4
   * @return the length of the stage's part of a patch embedding
   * @throws IllegalArgumentException for any other stage
   */
  public int channels(int stage) {
    return innerChannels(stage) * (bottleneck ? 4 : 1);
  }

  /** Channels inside the blocks of a stage, before the width factor. */
  int innerChannels(int stage) {
    if (stage < 1 || stage > 4) {
      throw new IllegalArgumentException("A ResNet has the stages 1 to 4, not " + stage);
    }
    return 64 << (stage - 1);
  }

  boolean bottleneck() {
    return bottleneck;
  }

  int widthFactor() {
    return widthFactor;
  }

  int blocks(int stage) {
    if (!bottleneck) {
      return 2;
    }
    return switch (stage) {
      case 2 -> 4;
      case 3 -> 6;
      default -> 3;
    };
  }
}
