package io.nightjar.score;

/**
 * Where each output position of one axis lies between two source positions: {@code first[i] * (1 -
 * weight) + second[i] * weight}. Half-pixel centres: output i samples the source at {@code (i +
 * 0.5) * source / output - 0.5}, clamped to the first and last centre; all arithmetic in float32,
 * as torch's {@code interpolate(mode="bilinear", align_corners=False)} does it.
 */
final class InterpolationAxis {
  final int[] first;
  final int[] second;
  final float[] firstWeight;
  final float[] secondWeight;

  InterpolationAxis(int source, int output) {
    first = new int[output];
    second = new int[output];
    firstWeight = new float[output];
    secondWeight = new float[output];
    float scale = (float) source / (float) output;
    for (int i = 0; i < output; i++) {
      float position = source == output ? i : Math.max(scale * (i + 0.5f) - 0.5f, 0f);
      first[i] = Math.min((int) position, source - 1);
      second[i] = Math.min(first[i] + 1, source - 1);
      secondWeight[i] = Math.min(position - first[i], 1f);
      firstWeight[i] = 1f - secondWeight[i];
    }
  }
}
