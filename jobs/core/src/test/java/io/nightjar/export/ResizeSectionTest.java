package io.nightjar.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The resize of the graph is that of the program, bit for bit. */
class ResizeSectionTest {
  /**
   * Widths and heights: single pixels, lines, enlargements, reductions by whole numbers and not.
   */
  private static final int[][] SIZES = {
    {1, 1},
    {1, 7},
    {300, 1},
    {2, 900},
    {31, 33},
    {32, 40},
    {33, 31},
    {64, 80},
    {37, 53},
    {97, 211},
    {500, 3},
    {256, 320},
    {301, 7},
    {640, 360},
    {1023, 517}
  };

  @ParameterizedTest
  @EnumSource(
      value = OptLevel.class,
      names = {"NO_OPT", "ALL_OPT"})
  void equalsTheProgramsBitForBit(OptLevel level) throws Exception {
    Random random = new Random(3);
    try (ExportRun graph = ExportRun.of(graph(40, 32), level)) {
      for (int[] size : SIZES) {
        RgbImage image = image(size[0], size[1], random);
        byte[] expected = BilinearResize.resize(image, 32, 40).pixels();

        float[] resized = ExportRun.floats(graph.outputs(image), "resized");

        assertThat(bytes(resized)).as("%d x %d", size[0], size[1]).isEqualTo(expected);
      }
    }
  }

  private static byte[] graph(int height, int width) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("resize");
    String resized = ResizeSection.add(graph, "resize", ImageInput.add(graph), height, width);
    graph.node("Identity", "resized", List.of(resized));
    graph.shapedOutput(
        "resized",
        DataType.FLOAT,
        List.of("1", String.valueOf(height), String.valueOf(width), "3"));
    return graph.build(Map.of());
  }

  /** Noise, or black and white alone, where sums are at the ends of their range. */
  static RgbImage image(int width, int height, Random random) {
    byte[] pixels = new byte[3 * width * height];
    random.nextBytes(pixels);
    if (random.nextBoolean()) {
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (pixels[i] < 0 ? 0 : 255);
      }
    }
    return new RgbImage(width, height, pixels);
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      if (values[i] != Math.rint(values[i]) || values[i] < 0 || values[i] > 255) {
        throw new AssertionError(Text.format("Value %d is %s", i, values[i]));
      }
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
