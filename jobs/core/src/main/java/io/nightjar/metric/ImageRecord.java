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
 * @param positives the number of pixels inside of its mask
 */
record ImageRecord(
    String path, String defect, boolean defective, float score, long pixels, long positives) {

  void write(DataOutput out) throws IOException {
    out.writeUTF(path);
    out.writeUTF(defect);
    out.writeBoolean(defective);
    out.writeFloat(score);
    out.writeLong(pixels);
    out.writeLong(positives);
  }

  static ImageRecord read(DataInput in) throws IOException {
    return new ImageRecord(
        in.readUTF(), in.readUTF(), in.readBoolean(), in.readFloat(), in.readLong(), in.readLong());
  }
}
