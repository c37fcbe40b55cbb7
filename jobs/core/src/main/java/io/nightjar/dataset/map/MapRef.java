package io.nightjar.dataset.map;

import io.nightjar.dataset.ImageRef;
import java.io.Serializable;

/**
 * A test image and the file that holds its anomaly map.
 *
 * @param image the image
 * @param uri the full Hadoop path of its map; empty where {@code fault} tells why there is none
 * @param fault why no file is the image's map, in a sentence; empty where one is
 */
public record MapRef(ImageRef image, String uri, String fault) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether exactly one file is there for the image. */
  public boolean isFound() {
    return fault.isEmpty();
  }
}
