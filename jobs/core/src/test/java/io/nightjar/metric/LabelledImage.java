package io.nightjar.metric;

import io.nightjar.dataset.Mask;
import io.nightjar.score.RowConsumer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** An image's scores and ground truth, both {@code [y][x]}. */
@SuppressWarnings("ArrayRecordComponent") // only a carrier
public record LabelledImage(String path, String defect, float[][] scores, boolean[][] truth) {

  /** Rows of digits as scores, and rows of which '#' marks the defect. */
  public static LabelledImage drawn(String path, String defect, String[] scores, String... truth) {
    return new LabelledImage(
        path,
        defect,
        Arrays.stream(scores).map(LabelledImage::digits).toArray(float[][]::new),
        truth(truth));
  }

  public static boolean[][] truth(String... rows) {
    return Arrays.stream(rows).map(LabelledImage::marks).toArray(boolean[][]::new);
  }

  private static float[] digits(String row) {
    float[] digits = new float[row.length()];
    for (int x = 0; x < digits.length; x++) {
      digits[x] = row.charAt(x) - '0';
    }
    return digits;
  }

  private static boolean[] marks(String row) {
    boolean[] marks = new boolean[row.length()];
    for (int x = 0; x < marks.length; x++) {
      marks[x] = row.charAt(x) == '#';
    }
    return marks;
  }

  /**
   * A good image, or one with up to three rectangles that score higher.
   *
   * @param values how many distinct noise values there are; 0 for as many as floats allow
   */
  public static LabelledImage random(
      Random random, String path, String defect, int size, int values) {
    float[][] scores = new float[size][size];
    boolean[][] truth = new boolean[size][size];
    if (!defect.equals("good")) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        int left = random.nextInt(size - 1);
        int top = random.nextInt(size - 1);
        int right = left + 1 + random.nextInt(size / 3);
        int bottom = top + 1 + random.nextInt(size / 3);
        for (int y = top; y < Math.min(bottom, size); y++) {
          Arrays.fill(truth[y], left, Math.min(right, size), true);
        }
      }
    }
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double noise = Math.exp(0.3 * random.nextGaussian()) + (truth[y][x] ? 0.8 : 0);
        scores[y][x] = (float) (values == 0 ? noise : Math.rint(noise * values) / values);
      }
    }
    return new LabelledImage(path, defect, scores, truth);
  }

  public boolean defective() {
    return !defect.equals("good");
  }

  int width() {
    return truth[0].length;
  }

  long pixels() {
    return (long) truth.length * width();
  }

  public Mask mask() {
    return mask(truth);
  }

  public static Mask mask(boolean[][] truth) {
    BufferedImage image =
        new BufferedImage(truth[0].length, truth.length, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < truth.length; y++) {
      for (int x = 0; x < truth[0].length; x++) {
        image.getRaster().setSample(x, y, 0, truth[y][x] ? 255 : 0);
      }
    }
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return Mask.decode(png.toByteArray(), "drawn");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public void feed(RowConsumer consumer) {
    for (int y = 0; y < scores.length; y++) {
      consumer.accept(y, scores[y]);
    }
  }

  public void count(CategoryCounts counts) {
    ImageFeed feed = counts.image(path, defect, defective(), mask());
    feed(feed);
    feed.end();
  }

  public ImageCounts count(CoarseBins bins) {
    CoarseFeed feed = bins.image(path, mask());
    feed(feed);
    return feed.end();
  }
}
