package io.nightjar.job;

import io.nightjar.backbone.DeviceRequest;
import io.nightjar.backbone.Embedders;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Asks an executor whether the requested device can be used, since the driver may stand on another
 * kind of machine.
 */
final class DeviceCheck {
  private final JavaSparkContext spark;
  private final DeviceRequest device;

  DeviceCheck(JavaSparkContext spark, DeviceRequest device) {
    this.spark = spark;
    this.device = device;
  }

  /**
   * Asks, before any heavy work.
   *
   * @throws InvalidInputException if a device was asked for that the executor cannot use
   */
  void refuseIfUnusable() {
    if (device == DeviceRequest.CPU) {
      return;
    }
    DeviceRequest request = device;
    spark.setJobGroup("nightjar", "ask an executor for its GPU", false);
    String reason = spark.parallelize(List.of(1), 1).map(one -> reasonAgainst(request)).first();
    if (!reason.isEmpty()) {
      throw new InvalidInputException(reason);
    }
  }

  private static String reasonAgainst(DeviceRequest request) {
    try {
      Embedders.refuseIfUnusable(request);
      return "";
    } catch (InvalidInputException e) {
      return e.getMessage();
    }
  }
}
