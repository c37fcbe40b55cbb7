package io.nightjar.metric;

import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One test image.
 *
 * @param image what was known of it before
 * @param scores its own scores, of every kind that is known
 * @param pixels the number of its pixels that were counted; 0 where its mask is absent
 * @param positives the number of pixels inside of its mask
 * @param absence of a defective image without a mask, what is absent, as a part of a sentence;
 *     empty where the ground truth is known
 */
record ImageRecord(
    TestImage image, ImageScores scores, long pixels, long positives, String absence) {

  /** Its path within the category. */
  String path() {
    return image.path();
  }

  /** Its type of defect. */
  String defect() {
    return image.defect();
  }

  /** Whether it counts as positive. */
  boolean defective() {
    return image.defective();
  }

  /** Whether it is known which of its pixels are defective. */
  boolean hasTruth() {
    return absence.isEmpty();
  }

  /** Its own score of a kind. */
  float score(ImageScoreKind kind) {
    return scores.of(kind);
  }

  void write(DataOutput out) throws IOException {
    image.write(out);
    scores.write(out);
    out.writeLong(pixels);
    out.writeLong(positives);
    out.writeUTF(absence);
  }

  static ImageRecord read(DataInput in) throws IOException {
    return new ImageRecord(
        TestImage.read(in), ImageScores.read(in), in.readLong(), in.readLong(), in.readUTF());
  }
}
