package io.nightjar.job.watch;

import io.nightjar.table.BankScorer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Scores an image that no one asks about, so that the first one that arrives does not wait for the
 * weights, the bank and the native libraries to be loaded.
 */
final class WarmUp {
  private static final int SIDE = 64;

  private WarmUp() {}

  /**
   * Scores a black image on every core, or on as many as Spark has found so far.
   *
   * @param scorer of the bank in use
   */
  static void of(SparkSession session, BankScorer scorer) {
    int cores = session.sparkContext().defaultParallelism();
    scorer
        .score(
            session
                .createDataset(Collections.nCopies(cores, black()), Encoders.BINARY())
                .toDF("content")
                .selectExpr("0 as image", "content")
                .repartition(cores))
        .collectAsList();
  }

  private static byte[] black() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }
}
