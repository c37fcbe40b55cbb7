package io.nightjar.dataset.map;

import io.nightjar.dataset.ImageRef;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A test image and the file that contains its anomaly map, or the files of several methods.
 *
 * @param image the image
 * @param uri the full Hadoop path of its map; empty where {@code fault} says why there is none
 * @param fault why no file is the image's map, in a sentence; empty where one is
 * @param others the full Hadoop paths of the maps of further methods
 */
public record MapRef(ImageRef image, String uri, String fault, List<String> others)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Copies the paths. */
  public MapRef {
    others = List.copyOf(others);
  }

  /** An image with the map of one method. */
  public MapRef(ImageRef image, String uri, String fault) {
    this(image, uri, fault, List.of());
  }

  /** The paths of all files that are there. */
  public List<String> files() {
    return Stream.concat(Stream.of(uri).filter(first -> !first.isEmpty()), others.stream())
        .toList();
  }

  /** Whether there is exactly one file for the image. */
  public boolean isFound() {
    return fault.isEmpty();
  }
}
