package io.nightjar.backbone.engine;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The device that computes, and why.
 *
 * @param gpu id of the CUDA device; empty for the CPU
 * @param reason a clause for the log
 */
public record DeviceChoice(OptionalInt gpu, String reason) {
  /**
   * Chooses the device. A GPU that was requested, from Nightjar or from Spark, is never replaced by
   * the CPU.
   *
   * @param assigned addresses of the GPUs that Spark assigned to the task, the first of which is
   *     used; where there are none, GPU means device 0
   * @param local whether the work runs in the driver's process, where {@code AUTO} may use a GPU
   *     that was not assigned
   * @param cudaProblem why a CUDA device cannot be used; empty where it can
   * @throws InvalidInputException where a GPU was requested and cannot be used
   */
  public static DeviceChoice of(
      DeviceRequest request,
      List<String> assigned,
      boolean local,
      IntFunction<Optional<String>> cudaProblem) {
    if (request == DeviceRequest.CPU) {
      return cpu("requested");
    }
    if (request == DeviceRequest.AUTO && assigned.isEmpty() && !local) {
      return cpu("Spark assigned no GPU to the task");
    }
    int id = assigned.isEmpty() ? 0 : address(assigned.get(0));
    String origin = assigned.isEmpty() ? "not assigned by Spark" : "assigned by Spark";
    Optional<String> problem = cudaProblem.apply(id);
    if (problem.isEmpty()) {
      return new DeviceChoice(OptionalInt.of(id), origin);
    }
    if (request == DeviceRequest.GPU || !assigned.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The GPU %d (%s) was requested and cannot be used: %s. Fix it, or use --device cpu.",
              id, origin, problem.get()));
    }
    return cpu(Text.format("the GPU %d (%s) cannot be used: %s", id, origin, problem.get()));
  }

  private static DeviceChoice cpu(String reason) {
    return new DeviceChoice(OptionalInt.empty(), reason);
  }

  private static int address(String address) {
    try {
      return Integer.parseUnsignedInt(address.strip());
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          Text.format(
              "Spark assigned the GPU address '%s', which is not a CUDA device number: fix the discovery script.",
              address),
          e);
    }
  }

  /** {@code cpu}, or {@code gpu} and the id of the device. */
  public String device() {
    return gpu.isPresent() ? "gpu " + gpu.getAsInt() : "cpu";
  }
}
