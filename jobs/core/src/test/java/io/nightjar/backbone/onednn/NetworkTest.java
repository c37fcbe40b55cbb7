package io.nightjar.backbone.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.backbone.onednn.NetworkBuilder.Activation;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each operation against its definition, in float64. */
class NetworkTest {
  private static final int IMAGES = 2;

  @BeforeAll
  static void onlyWhereItRuns() {
    assumeTrue(OneDnn.problem().isEmpty(), "oneDNN cannot be used here: " + OneDnn.problem());
  }

  @ParameterizedTest
  @CsvSource({"16, 32, 7, 1, 1", "32, 16, 9, 3, 1", "16, 16, 9, 3, 2", "32, 64, 8, 1, 2"})
  void convolves(int in, int out, int side, int kernel, int stride) {
    double[] planes = random(IMAGES * 3 * side * side, 1);
    Filter first = filter(3, in, 1, 1, 2);
    Filter second = filter(in, out, kernel, stride, 3);
    Filter shortcut = filter(in, out, 1, stride, 4);
    NetworkBuilder builder = new NetworkBuilder(IMAGES);
    int input = builder.slot(3 * side * side);
    int maps = builder.slot();
    int sum = builder.slot();
    builder.convolvePlanes(input, side, side, first, maps);
    builder.convolve(maps, shortcut, sum, Activation.NONE);
    builder.convolve(maps, second, sum, Activation.ADD_AND_RELU);
    MapShape shape = builder.shape(sum);
    int output = builder.slot(shape.values());
    builder.gather(sum, output, out, 0);

    float[] computed = run(builder, input, planes, output);

    double[] inner = relu(convolve(planes, side, first));
    double[] expected = convolve(inner, side, second);
    double[] added = convolve(inner, side, shortcut);
    for (int i = 0; i < expected.length; i++) {
      expected[i] += added[i];
    }
    assertThat(shape).isEqualTo(new MapShape(out, (side - 1) / stride + 1));
    assertCloseTo(computed, channelsLast(relu(expected), shape), 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "9, 1", "8, 0", "9, 0"})
  void poolsTheLargest(int side, int padding) {
    double[] planes = random(IMAGES * 3 * side * side, 5);
    Filter filter = filter(3, 16, 1, 1, 6);
    NetworkBuilder builder = new NetworkBuilder(IMAGES);
    int input = builder.slot(3 * side * side);
    int maps = builder.slot();
    int pooled = builder.slot();
    builder.convolvePlanes(input, side, side, filter, maps);
    builder.maxPool(maps, padding, pooled);
    MapShape shape = builder.shape(pooled);
    int output = builder.slot(shape.values());
    builder.gather(pooled, output, 16, 0);

    float[] computed = run(builder, input, planes, output);

    double[] inner = relu(convolve(planes, side, filter));
    double[] expected = new double[IMAGES * shape.values()];
    for (int plane = 0; plane < IMAGES * 16; plane++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          double largest = 0;
          for (int v = Math.max(0, 2 * y - padding); v < Math.min(side, 2 * y - padding + 3); v++) {
            for (int u = Math.max(0, 2 * x - padding);
                u < Math.min(side, 2 * x - padding + 3);
                u++) {
              largest = Math.max(largest, inner[(plane * side + v) * side + u]);
            }
          }
          expected[(plane * shape.height() + y) * shape.width() + x] = largest;
        }
      }
    }
    assertCloseTo(computed, channelsLast(expected, shape), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"8, 4", "10, 7", "9, 5"})
  void resizesBilinearly(int side, int to) {
    double[] planes = random(IMAGES * 3 * side * side, 7);
    Filter filter = filter(3, 16, 1, 1, 8);
    NetworkBuilder builder = new NetworkBuilder(IMAGES);
    int input = builder.slot(3 * side * side);
    int maps = builder.slot();
    int resized = builder.slot();
    builder.convolvePlanes(input, side, side, filter, maps);
    builder.resize(maps, to, to, resized);
    MapShape shape = builder.shape(resized);
    int output = builder.slot(shape.values());
    builder.gather(resized, output, 16, 0);

    float[] computed = run(builder, input, planes, output);

    double[] inner = relu(convolve(planes, side, filter));
    double[] expected = new double[IMAGES * shape.values()];
    for (int plane = 0; plane < IMAGES * 16; plane++) {
      for (int y = 0; y < to; y++) {
        for (int x = 0; x < to; x++) {
          double value = 0;
          for (int v = 0; v < side; v++) {
            for (int u = 0; u < side; u++) {
              value +=
                  weight(y, v, side, to)
                      * weight(x, u, side, to)
                      * inner[(plane * side + v) * side + u];
            }
          }
          expected[(plane * to + y) * to + x] = value;
        }
      }
    }
    assertCloseTo(computed, channelsLast(expected, shape), 1e-5);
  }

  @Test
  void gathersMapsSideBySide() {
    int side = 5;
    double[] planes = random(IMAGES * 3 * side * side, 9);
    Filter narrow = filter(3, 16, 1, 1, 10);
    Filter wide = filter(3, 32, 1, 1, 11);
    NetworkBuilder builder = new NetworkBuilder(IMAGES);
    int input = builder.slot(3 * side * side);
    int output = builder.slot(48 * side * side);
    int first = builder.slot();
    int second = builder.slot();
    builder.convolvePlanes(input, side, side, narrow, first);
    builder.convolvePlanes(input, side, side, wide, second);
    builder.gather(first, output, 48, 0);
    builder.gather(second, output, 48, 16);

    float[] computed = run(builder, input, planes, output);

    double[] left = channelsLast(relu(convolve(planes, side, narrow)), new MapShape(16, side));
    double[] right = channelsLast(relu(convolve(planes, side, wide)), new MapShape(32, side));
    double[] expected = new double[IMAGES * 48 * side * side];
    for (int cell = 0; cell < IMAGES * side * side; cell++) {
      System.arraycopy(left, cell * 16, expected, cell * 48, 16);
      System.arraycopy(right, cell * 32, expected, cell * 48 + 16, 32);
    }
    assertCloseTo(computed, expected, 1e-6);
  }

  @Test
  void channelsComeInBlocks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MapShape(20, 7))
        .withMessage("Maps need a multiple of 16 channels and at least one cell, not 20 and 7 x 7");
  }

  private static float[] run(NetworkBuilder builder, int input, double[] planes, int output) {
    try (Network network = builder.build();
        Session session = network.newSession()) {
      for (int i = 0; i < planes.length; i++) {
        session.slot(input).put(i, (float) planes[i]);
      }
      session.run();
      float[] computed = new float[session.slot(output).remaining()];
      session.slot(output).get(computed);
      return computed;
    }
  }

  private static void assertCloseTo(float[] computed, double[] expected, double tolerance) {
    assertThat(computed).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) computed[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static double[] random(int length, long seed) {
    Random random = new Random(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Filter filter(int in, int out, int kernel, int stride, long seed) {
    double[] numbers = random(out * in * kernel * kernel + out, seed);
    float[] weights = new float[out * in * kernel * kernel];
    float[] bias = new float[out];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (numbers[i] / Math.sqrt(in * kernel * kernel));
    }
    for (int i = 0; i < out; i++) {
      bias[i] = (float) numbers[weights.length + i];
    }
    return new Filter(weights, bias, in, out, kernel, stride);
  }

  /** Planes to planes, zeros beyond the border. */
  private static double[] convolve(double[] planes, int side, Filter filter) {
    int kernel = filter.kernel();
    int after = (side - 1) / filter.stride() + 1;
    double[] convolved = new double[IMAGES * filter.out() * after * after];
    for (int image = 0; image < IMAGES; image++) {
      for (int out = 0; out < filter.out(); out++) {
        for (int y = 0; y < after; y++) {
          for (int x = 0; x < after; x++) {
            double sum = filter.bias()[out];
            for (int in = 0; in < filter.in(); in++) {
              for (int window = 0; window < kernel * kernel; window++) {
                int v = y * filter.stride() + window / kernel - kernel / 2;
                int u = x * filter.stride() + window % kernel - kernel / 2;
                if (v >= 0 && v < side && u >= 0 && u < side) {
                  sum +=
                      filter.weights()[(out * filter.in() + in) * kernel * kernel + window]
                          * planes[((image * filter.in() + in) * side + v) * side + u];
                }
              }
            }
            convolved[((image * filter.out() + out) * after + y) * after + x] = sum;
          }
        }
      }
    }
    return convolved;
  }

  private static double[] relu(double[] values) {
    double[] cut = values.clone();
    for (int i = 0; i < cut.length; i++) {
      cut[i] = Math.max(0, cut[i]);
    }
    return cut;
  }

  private static double[] channelsLast(double[] planes, MapShape shape) {
    int cells = shape.height() * shape.width();
    double[] last = new double[planes.length];
    for (int image = 0; image < IMAGES; image++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int cell = 0; cell < cells; cell++) {
          last[(image * cells + cell) * shape.channels() + channel] =
              planes[(image * shape.channels() + channel) * cells + cell];
        }
      }
    }
    return last;
  }

  /** How much of source cell {@code from} is in target cell {@code to}, along one axis. */
  private static double weight(int to, int from, int side, int target) {
    double position = Math.min(Math.max((to + 0.5) * side / target - 0.5, 0), side - 1);
    return Math.max(0, 1 - Math.abs(position - from));
  }
}
