package io.nightjar.backbone.graph;

/**
 * The normalisation that ImageNet models are trained with: a value v of 0 to 255 becomes {@code v *
 * scale + shift}, computed in float32.
 */
public final class Normalisation {
  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /** Of values of 0 to 1, for red, green and blue. */
  private static final double[] MEAN = {0.485, 0.456, 0.406};

  private static final double[] DEVIATION = {0.229, 0.224, 0.225};

  private Normalisation() {}

  /** One factor a channel. */
  static float[] scale() {
    float[] scale = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      scale[channel] = (float) (1 / (255 * DEVIATION[channel]));
    }
    return scale;
  }

  /** One summand a channel. */
  static float[] shift() {
    float[] shift = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      shift[channel] = (float) (-MEAN[channel] / DEVIATION[channel]);
    }
    return shift;
  }

  /** The normalised value of each 8-bit value of a channel: {@code [channel][value]}. */
  public static float[][] table() {
    float[][] table = new float[CHANNELS][256];
    float[] scale = scale();
    float[] shift = shift();
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int value = 0; value < 256; value++) {
        table[channel][value] = value * scale[channel] + shift[channel];
      }
    }
    return table;
  }
}
