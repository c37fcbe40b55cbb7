package io.nightjar.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Finding;
import io.nightjar.doctor.machine.Natives;
import io.nightjar.job.memory.ProcessMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterFindingsTest {
  private static final String DRIVER = "nightjar 1 (abc)";
  private static final String JAVA = "17.0.15+6";
  private static final long GIB = 1L << 30;

  @Test
  void executorsThatAreAlikeAreOneFinding() {
    List<Finding> found =
        executors(
            answer("1", "a", JAVA, DRIVER, true, ""),
            answer("2", "b", JAVA, DRIVER, true, ""),
            answer("3", "b", JAVA, DRIVER, true, "no library"));

    assertThat(found).extracting(Finding::verdict).containsExactly("ok", "note");
    assertThat(found.get(0).sentence()).startsWith("2 processes on a, b: Java 17.0.15+6");
    assertThat(found.get(1).figures()).containsEntry("executors", List.of("3"));
    assertThat(found.get(1).sentence()).contains("Not used: OpenBLAS: no library");
  }

  @Test
  void anotherNightjarIsAProblem() {
    assertThat(executors(answer("1", "a", JAVA, "nightjar 0 (xyz)", true, "")).get(0))
        .isInstanceOf(Finding.Problem.class);
  }

  @Test
  void aDeviceThatIsNotThereIsAProblem() {
    Finding finding = executors(answer("1", "a", JAVA, DRIVER, false, "")).get(0);

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence()).contains("No device: the GPU 0 was requested");
  }

  /** Without ONNX Runtime no device can be used either: the cause is said, not the consequence. */
  @Test
  void aNeededLibraryThatDoesNotLoadIsTheProblem() {
    ExecutorAnswer answer = answer("1", "a", JAVA, DRIVER, false, "");
    answer
        .natives()
        .add(new Natives.Library("ONNX Runtime", "", "", "It is for another platform.", "", true));

    Finding finding = executors(answer).get(0);

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence()).endsWith("ONNX Runtime: It is for another platform.");
    assertThat(((Finding.Problem) finding).remedy()).contains("for the executors' platform");
  }

  @Test
  void anotherJavaIsNotedAndAnotherUpdateOfItIsNot() {
    assertThat(executors(answer("1", "a", "21.0.1", DRIVER, true, "")).get(0))
        .isInstanceOf(Finding.Note.class);
    assertThat(executors(answer("1", "a", "17.0.2", DRIVER, true, "")).get(0))
        .isInstanceOf(Finding.Ok.class);
  }

  @Test
  void theFullestDiskCounts() {
    assertThat(ClusterFindings.disk(List.of(disk(50 * GIB), disk(20 * GIB))).figures())
        .containsEntry("free_bytes", 20 * GIB);
    assertThat(ClusterFindings.disk(List.of(disk(50 * GIB), disk(5 * GIB))))
        .isInstanceOf(Finding.Note.class);
    assertThat(ClusterFindings.disk(List.of(disk(50 * GIB), disk(GIB / 2))))
        .isInstanceOf(Finding.Problem.class);
    assertThat(ClusterFindings.disk(List.of(disk(50 * GIB), disk(-1))).sentence())
        .isEqualTo("The folder /local on a cannot be written.");
  }

  @Test
  void theWorstClockIsNamed() {
    assertThat(ClusterFindings.clock(Map.of("a:1", 0.0, "b:1", 0.0)).sentence())
        .isEqualTo("The clock of every executor agrees with this machine's.");
    Finding finding = ClusterFindings.clock(Map.of("a:1", 2.0, "b:1", -90.0));
    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence()).contains("b:1", "90.0 s behind");
  }

  @Test
  void aPlaceThatOnlyTheDriverSeesIsAProblem() {
    ExecutorAnswer without = answer("2", "b", JAVA, DRIVER, true, "");
    without.unreadable().put("file:/data", "It does not exist.");
    List<ExecutorAnswer> answers = List.of(answer("1", "a", JAVA, DRIVER, true, ""), without);

    Finding finding = ClusterFindings.place("file:/data", "", answers);
    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence())
        .isEqualTo(
            "The driver can read file:/data, but not the executors on b: It does not exist.");
    assertThat(ClusterFindings.place("file:/data", "It does not exist.", answers))
        .isInstanceOf(Finding.Note.class);
    assertThat(ClusterFindings.place("s3a://bucket", "", answers)).isInstanceOf(Finding.Ok.class);
  }

  private static List<Finding> executors(ExecutorAnswer... answers) {
    return ClusterFindings.executors(DRIVER, JAVA, List.of(answers));
  }

  private static ExecutorAnswer disk(long free) {
    ExecutorAnswer answer = answer("1", "a", JAVA, DRIVER, true, "");
    answer.freeBytes().put("/local", free);
    return answer;
  }

  private static ExecutorAnswer answer(
      String id, String host, String java, String nightjar, boolean hasDevice, String problem) {
    return new ExecutorAnswer(
        host + ":1",
        new ProcessMemory(host, id, GIB, 4 * GIB),
        java,
        nightjar,
        hasDevice ? "cpu by ONNX Runtime" : "the GPU 0 was requested",
        hasDevice,
        new ArrayList<>(
            List.of(new Natives.Library("OpenBLAS", "0.3", "", problem, "Java instead.", true))),
        4,
        new TreeMap<>(),
        new TreeMap<>());
  }
}
