package io.nightjar.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One test image.
 *
 * @param image what was known of it before
 * @param score its largest pixel score
 * @param pixels the number of its pixels that were counted; 0 where its mask is absent
 * @param positives the number of pixels inside of its mask
 * @param absence of a defective image without a mask, what is absent, as a part of a sentence;
 *     empty where the ground truth is known
 */
record ImageRecord(TestImage image, float score, long pixels, long positives, String absence) {

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

  void write(DataOutput out) throws IOException {
    image.write(out);
    out.writeFloat(score);
    out.writeLong(pixels);
    out.writeLong(positives);
    out.writeUTF(absence);
  }

  static ImageRecord read(DataInput in) throws IOException {
    return new ImageRecord(
        TestImage.read(in), in.readFloat(), in.readLong(), in.readLong(), in.readUTF());
  }
}
