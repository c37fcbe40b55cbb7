package io.nightjar.benchmark.harness;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The sample's files as a data set of their own, in MVTec AD's layout. */
public final class SampleFolder {
  private SampleFolder() {}

  /** Writes the sample below an empty folder. */
  public static void write(Sample sample, Path folder) {
    Path category = folder.resolve(sample.category());
    try {
      for (List<Sample.Encoded> images : List.of(sample.train(), sample.test())) {
        for (Sample.Encoded image : images) {
          write(category.resolve(image.ref().relativePath()), image.bytes());
          if (image.ref().hasMask()) {
            writeMask(image.ref(), category, sample.configuration());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sample cannot be written to " + folder, e);
    }
  }

  private static void writeMask(ImageRef image, Path category, Configuration configuration)
      throws IOException {
    String name = image.maskUri().substring(image.maskUri().lastIndexOf('/') + 1);
    try {
      write(
          category.resolve("ground_truth").resolve(image.defect()).resolve(name),
          FileBytes.read(image.maskUri(), configuration));
    } catch (UnreadableFileException e) {
      throw Sample.unusable(e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
