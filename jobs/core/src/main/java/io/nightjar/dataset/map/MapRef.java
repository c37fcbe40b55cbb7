package io.nightjar.dataset.map;

import io.nightjar.dataset.ImageRef;
import java.io.Serializable;

/**
 * A test image and the file that contains its anomaly map.
 *
 * @param image the image
 * @param uri the full Hadoop path of its map; empty where {@code fault} says why there is none
 * @param fault why no file is the image's map, in a sentence; empty where one is
 */
public record MapRef(ImageRef image, String uri, String fault) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether there is exactly one file for the image. */
  public boolean isFound() {
    return fault.isEmpty();
  }
}
