package io.nightjar.dataset;

import java.util.List;
import java.util.Locale;

/** Which file names are images. */
public final class ImageFiles {
  /** The extensions of image files, in lower case. */
  public static final List<String> EXTENSIONS =
      List.of("png", "jpg", "jpeg", "jpe", "jfif", "bmp", "tif", "tiff");

  private ImageFiles() {}

  /** Whether a file's name has one of the extensions, in any case. */
  public static boolean isImage(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The name without its extension. */
  public static String stem(String fileName) {
    return fileName.substring(0, fileName.lastIndexOf('.'));
  }

  /** Names by which Hadoop, Spark and desktops mark files and folders that are not data. */
  public static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }
}
