package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.Embedders;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static Optional<String> usable(int id) {
    return Optional.empty();
  }

  private static Optional<String> absent(int id) {
    return Optional.of("no driver");
  }

  private static String device(
      DeviceRequest request,
      List<String> assigned,
      boolean local,
      IntFunction<Optional<String>> cudaProblem) {
    return DeviceChoice.of(request, assigned, local, cudaProblem).device();
  }

  @Test
  void cpuIsTheCpuWhateverIsAvailable() {
    assertThat(device(DeviceRequest.CPU, List.of("0"), true, DeviceChoiceTest::usable))
        .isEqualTo("cpu");
  }

  @Test
  void gpuIsTheFirstThatSparkAssigned() {
    assertThat(device(DeviceRequest.GPU, List.of("3", "1"), false, DeviceChoiceTest::usable))
        .isEqualTo("gpu 3");
  }

  @Test
  void gpuWithoutAssignmentIsDeviceZero() {
    assertThat(device(DeviceRequest.GPU, List.of(), false, DeviceChoiceTest::usable))
        .isEqualTo("gpu 0");
  }

  @Test
  void gpuIsNeverReplacedByTheCpu() {
    assertThatThrownBy(
            () -> device(DeviceRequest.GPU, List.of("2"), false, DeviceChoiceTest::absent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("GPU 2 (assigned by Spark)")
        .hasMessageContaining("no driver");
  }

  @Test
  void autoIsTheGpuThatSparkAssigned() {
    assertThat(device(DeviceRequest.AUTO, List.of("1"), false, DeviceChoiceTest::usable))
        .isEqualTo("gpu 1");
  }

  @Test
  void autoOnAClusterNeverTakesAnUnassignedGpu() {
    assertThat(device(DeviceRequest.AUTO, List.of(), false, DeviceChoiceTest::usable))
        .isEqualTo("cpu");
  }

  @Test
  void autoInLocalModeTakesAUsableGpu() {
    assertThat(device(DeviceRequest.AUTO, List.of(), true, DeviceChoiceTest::usable))
        .isEqualTo("gpu 0");
  }

  @Test
  void autoInLocalModeWithoutCudaIsTheCpuAndSaysWhy() {
    DeviceChoice choice =
        DeviceChoice.of(DeviceRequest.AUTO, List.of(), true, DeviceChoiceTest::absent);

    assertThat(choice.device()).isEqualTo("cpu");
    assertThat(choice.reason())
        .isEqualTo("the GPU 0 (not assigned by Spark) cannot be used: no driver");
  }

  @Test
  void autoRefusesAGpuThatSparkAssignedAndThatCannotBeUsed() {
    assertThatThrownBy(
            () -> device(DeviceRequest.AUTO, List.of("1"), false, DeviceChoiceTest::absent))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("GPU 1", "assigned by Spark", "no driver", "--device cpu");
  }

  @Test
  void refusesAddressesThatAreNoNumbers() {
    assertThatThrownBy(
            () -> device(DeviceRequest.GPU, List.of("GPU-8f1a"), false, DeviceChoiceTest::usable))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'GPU-8f1a'");
  }

  @Test
  void theCpuBuildSaysHowToGetCuda() {
    assertThat(Cuda.problem(0).orElse("")).contains("Maven profile 'cuda'");
    assertThatThrownBy(() -> Embedders.refuseIfUnusable(DeviceRequest.GPU))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void unknownDevicesAreRefused() {
    assertThatThrownBy(() -> DeviceRequest.parse("tpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'tpu'");
  }
}
