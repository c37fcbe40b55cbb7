package io.nightjar.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of a defect must be found for it to count as found completely, by type of defect
 * (Bergmann et al., "Beyond Dents and Scratches", IJCV 2022): what MVTec LOCO AD states in the file
 * {@value #FILE} of a category. The type of a defect is the value of its pixels in the mask.
 *
 * @param source the file's name below the category; empty for {@link #NONE}
 * @param sha256 of its bytes
 * @param types by the value of pixels in masks
 */
public record SaturationAreas(String source, String sha256, Map<Integer, Threshold> types)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The file of a category that states them. */
  public static final String FILE = "defects_config.json";

  /** Where a data set states none. */
  public static final SaturationAreas NONE = new SaturationAreas("", "", Map.of());

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * The threshold of one type of defect.
   *
   * @param defect the name of the type
   * @param value a fraction of the defect's area, above 0 and at most 1, or a number of pixels from
   *     1
   * @param relative whether it is a fraction
   */
  public record Threshold(String defect, double value, boolean relative) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The saturation area of a defect: a fraction of its area, rounded down but at least one pixel,
     * or the fixed number of pixels, but at most the defect's area.
     *
     * @param area of the defect, in pixels, at least 1
     */
    public long of(long area) {
      return relative ? Math.max(1, (long) (value * area)) : Math.min((long) value, area);
    }
  }

  /** Copies the thresholds. */
  public SaturationAreas {
    types = Map.copyOf(types);
  }

  /**
   * Reads the file of a category: a list of objects with {@code defect_name}, {@code pixel_value},
   * {@code saturation_threshold} and {@code relative_saturation}.
   *
   * @param location named in the error
   * @throws InvalidInputException if it is not such a list, or two entries have one pixel value
   */
  public static SaturationAreas parse(byte[] json, String location) {
    try {
      JsonNode entries = MAPPER.readTree(json);
      if (!entries.isArray() || entries.isEmpty()) {
        throw unusable(location, "it is not a list of types of defect", null);
      }
      Map<Integer, Threshold> types = new TreeMap<>();
      for (int i = 0; i < entries.size(); i++) {
        JsonNode entry = entries.get(i);
        String name = entry.path("defect_name").asText("");
        JsonNode value = entry.path("pixel_value");
        if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > 255) {
          throw unusable(
              location,
              Text.format("[%d].pixel_value is %s; it must be a number from 1 to 255", i, value),
              null);
        }
        if (types.put(value.asInt(), threshold(entry, name, i, location)) != null) {
          throw unusable(
              location, Text.format("two entries have the pixel_value %d", value.asInt()), null);
        }
      }
      return new SaturationAreas(FILE, Sha256.of(json), types);
    } catch (JsonProcessingException e) {
      throw unusable(location, "it is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw unusable(location, e.getMessage(), e);
    }
  }

  private static Threshold threshold(JsonNode entry, String name, int i, String location) {
    JsonNode relative = entry.path("relative_saturation");
    JsonNode value = entry.path("saturation_threshold");
    if (!relative.isBoolean()) {
      throw unusable(
          location,
          Text.format("[%d].relative_saturation is %s; it must be true or false", i, relative),
          null);
    }
    boolean isValid =
        relative.asBoolean()
            ? value.isNumber() && value.asDouble() > 0 && value.asDouble() <= 1
            : value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 1;
    if (!isValid) {
      throw unusable(
          location,
          Text.format(
              "[%d].saturation_threshold is %s; it must be %s",
              i,
              value,
              relative.asBoolean()
                  ? "a fraction above 0, at most 1"
                  : "a whole number of pixels from 1"),
          null);
    }
    return new Threshold(name, value.asDouble(), relative.asBoolean());
  }

  private static InvalidInputException unusable(String location, String why, Exception cause) {
    return new InvalidInputException(
        Text.format(
            "The saturation thresholds in %s cannot be used: %s. Mend or remove the file; without"
                + " it there is no AU-sPRO.",
            location, why),
        cause);
  }

  /** Whether the data set states any. */
  public boolean isKnown() {
    return !types.isEmpty();
  }
}
