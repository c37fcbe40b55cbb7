package io.nightjar.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One test image.
 *
 * @param path its path within the category
 * @param defect its type of defect, or the name of its folder of good images
 * @param score its largest pixel score
 * @param pixels the number of its pixels that were counted; 0 where its mask is absent
 * @param positives the number of pixels inside of its mask
 * @param absence of a defective image without a mask, what is absent, as a part of a sentence;
 *     empty where the ground truth is known
 */
record ImageRecord(
    String path,
    String defect,
    boolean defective,
    float score,
    long pixels,
    long positives,
    String absence) {

  /** Whether it is known which of its pixels are defective. */
  boolean hasTruth() {
    return absence.isEmpty();
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(path);
    out.writeUTF(defect);
    out.writeBoolean(defective);
    out.writeFloat(score);
    out.writeLong(pixels);
    out.writeLong(positives);
    out.writeUTF(absence);
  }

  static ImageRecord read(DataInput in) throws IOException {
    return new ImageRecord(
        in.readUTF(),
        in.readUTF(),
        in.readBoolean(),
        in.readFloat(),
        in.readLong(),
        in.readLong(),
        in.readUTF());
  }
}
