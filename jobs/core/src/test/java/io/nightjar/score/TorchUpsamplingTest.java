package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Upsampling is torch's {@code interpolate}, up to the last bits of a float. Larger sizes only: for
 * smaller ones DJL's resize follows another definition.
 */
@Tag("slow")
class TorchUpsamplingTest {
  /** DJL's number for it, the position in {@code Image.Interpolation}. */
  private static final int BILINEAR = 1;

  @ParameterizedTest
  @CsvSource({"224, 224", "900, 700", "28, 56"})
  void equalsTorch(int width, int height) {
    float[] values = new float[28 * 28];
    Random random = new Random(5);
    for (int i = 0; i < values.length; i++) {
      values[i] = 30 * random.nextFloat();
    }

    float[] torch;
    try (NDManager manager = Engine.getEngine("PyTorch").newBaseManager()) {
      NDArray map = manager.create(values, new Shape(28, 28, 1));
      torch = map.getNDArrayInternal().resize(width, height, BILINEAR).toFloatArray();
    }

    float[] ours = Upsampling.full(new AnomalyMap(values, 28, 28), width, height).values();
    assertThat(ours).hasSameSizeAs(torch);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).as("pixel %d", i).isCloseTo(torch[i], within(1e-5f));
    }
  }
}
