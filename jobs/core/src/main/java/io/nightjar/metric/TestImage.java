package io.nightjar.metric;

import io.nightjar.dataset.ImageRef;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of a test image before it is counted.
 *
 * @param path its path within the category, unlike all others
 * @param defect its type of defect, or the name of its folder of good images
 * @param defective whether it counts as positive
 * @param group what it shares with images of any defect, such as a light condition; empty for none
 * @param item the object that it shows, as other images may; empty where that is unknown
 */
public record TestImage(String path, String defect, boolean defective, String group, String item) {

  /** An image that has nothing in common with others but its type of defect. */
  public TestImage(String path, String defect, boolean defective) {
    this(path, defect, defective, "", "");
  }

  /** What a data set says of an image. */
  public static TestImage of(ImageRef image) {
    return new TestImage(
        image.relativePath(), image.defect(), image.isDefective(), image.group(), image.item());
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(path);
    out.writeUTF(defect);
    out.writeBoolean(defective);
    out.writeUTF(group);
    out.writeUTF(item);
  }

  static TestImage read(DataInput in) throws IOException {
    return new TestImage(in.readUTF(), in.readUTF(), in.readBoolean(), in.readUTF(), in.readUTF());
  }
}
