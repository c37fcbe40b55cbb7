package io.nightjar.backbone.engine;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/** The device that the user asks for. */
public enum DeviceRequest {
  /**
   * The GPU that Spark assigned to the task, or a usable one in local mode; the CPU where Spark
   * assigned none.
   */
  AUTO,
  /** The CPU, whatever else there is. */
  CPU,
  /** A GPU, or no work at all. */
  GPU;

  /**
   * The request of this name, in any case.
   *
   * @param name {@code auto}, {@code cpu} or {@code gpu}; surrounding spaces are ignored
   * @return the request
   * @throws InvalidInputException naming the known ones
   */
  public static DeviceRequest parse(String name) {
    for (DeviceRequest request : values()) {
      if (request.id().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return request;
      }
    }
    throw new InvalidInputException(
        Text.format("Unknown device '%s': choose auto, cpu or gpu.", name));
  }

  /**
   * The name in options.
   *
   * @return {@code auto}, {@code cpu} or {@code gpu}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
