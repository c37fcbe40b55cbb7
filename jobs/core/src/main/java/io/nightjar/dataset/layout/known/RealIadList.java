package io.nightjar.dataset.layout.known;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The JSON file of a category of Real-IAD: {@code meta} with {@code normal_class} and {@code
 * prefix}, and the lists {@code train} and {@code test} of images.
 */
record RealIadList(List<Image> images) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * An image that the file names.
   *
   * @param path below the category
   * @param label its kind of defect, {@link ImageRef#GOOD} for none
   * @param mask its mask's path below the category
   */
  record Image(String path, boolean isTraining, String label, Optional<String> mask) {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read or lacks what it must have
   */
  static RealIadList read(Path file, FolderListing listing) {
    try {
      JsonNode root = MAPPER.readTree(listing.content(file));
      JsonNode meta = root.path("meta");
      String normal = meta.path("normal_class").asText("OK");
      String prefix = meta.path("prefix").asText("");
      List<Image> images = new ArrayList<>();
      for (String part : List.of("train", "test")) {
        int index = 0;
        for (JsonNode image : root.path(part)) {
          images.add(image(image, part, index++, normal, prefix, file));
        }
      }
      if (images.isEmpty()) {
        throw unusable(file, "it lists no image in \"train\" and \"test\"", null);
      }
      return new RealIadList(images);
    } catch (JsonProcessingException e) {
      throw unusable(file, "it is no JSON: " + e.getOriginalMessage(), e);
    } catch (UnreadableFileException e) {
      throw unusable(file, e.reason(), e);
    } catch (IOException e) {
      throw unusable(file, e.getMessage(), e);
    }
  }

  private static Image image(
      JsonNode image, String part, int index, String normal, String prefix, Path file) {
    String path = image.path("image_path").asText("");
    String label = image.path("anomaly_class").asText("");
    if (path.isEmpty() || label.isEmpty()) {
      throw unusable(
          file, Text.format("%s[%d] lacks \"image_path\" or \"anomaly_class\"", part, index), null);
    }
    String mask = image.path("mask_path").asText("");
    return new Image(
        below(prefix, path),
        part.equals("train"),
        label.equals(normal) ? ImageRef.GOOD : label,
        mask.isEmpty() || image.path("mask_path").isNull()
            ? Optional.empty()
            : Optional.of(below(prefix, mask)));
  }

  /** Paths are below the category, in some editions with its name. */
  private static String below(String prefix, String path) {
    return !prefix.isEmpty() && path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  private static InvalidInputException unusable(Path file, String why, Exception cause) {
    return new InvalidInputException(
        Text.format("The list %s of Real-IAD cannot be used: %s.", file, why), cause);
  }
}
