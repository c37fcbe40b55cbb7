package io.nightjar.doctor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of this machine, and of machines that lack something. */
class MachineChecksTest {
  @TempDir private Path folder;

  @Test
  void theProcessorIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("cpuinfo"),
            "processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu avx avx2 sse4_1\n\n"
                + "processor\t: 1\nmodel name\t: AMD EPYC\nflags\t\t: fpu avx avx2 sse4_1\n");

    assertThat(Processor.read(file))
        .isEqualTo(new Processor("AMD EPYC", 2, List.of("avx2", "avx", "sse4_1")));
    assertThat(Processor.read(folder.resolve("none")).count()).isZero();
    assertThat(Processor.limits(Map.of("OPENBLAS_CORETYPE", "Haswell", "HOME", "/root")))
        .isEqualTo(Map.of("OPENBLAS_CORETYPE", "Haswell"));
  }

  @Test
  void thisMachineIsDescribed() throws Exception {
    List<Finding> found = run(MachineCheck.here());

    assertThat(found)
        .extracting(Finding::subject)
        .contains("processor", "processors", "open files");
    assertThat(found.get(1).figures())
        .containsEntry("usable_processors", Runtime.getRuntime().availableProcessors());
  }

  @Test
  void aQuotaBelowTheProcessorsIsNoted() throws Exception {
    Files.writeString(folder.resolve("cpu.max"), "150000 100000\n");
    ControlGroup group =
        new ControlGroup(folder, Files.writeString(folder.resolve("self"), "0::/\n"));
    Processor processor = new Processor("x", 8, List.of());

    assertThat(run(new MachineCheck(processor, group, 4, 0)).get(1).remedy()).contains("local[1]");
    assertThat(run(new MachineCheck(processor, group, 1, 0)).get(1)).isInstanceOf(Finding.Ok.class);
  }

  @ParameterizedTest
  @CsvSource({"100, problem", "1024, note", "65536, ok"})
  void fewOpenFilesAreReported(long limit, String verdict) throws Exception {
    MachineCheck check = new MachineCheck(new Processor("x", 8, List.of()), none(), 4, limit);

    assertThat(run(check).get(2).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 3000, problem", // MiB of heap and of the container
    "4096, 4600, note",
    "512, 8000, note",
    "4096, 8000, ok"
  })
  void theHeapMustFitIntoTheContainer(long heapMib, long limitMib, String verdict)
      throws Exception {
    Files.writeString(folder.resolve("memory.max"), (limitMib << 20) + "\n");
    ControlGroup group =
        new ControlGroup(folder, Files.writeString(folder.resolve("self"), "0::/\n"));
    Path info =
        Files.writeString(
            folder.resolve("meminfo"), "MemTotal:  16777216 kB\nMemAvailable: 8388608 kB\n");

    Finding finding = run(new MemoryCheck(heapMib << 20, group, info)).get(0);

    assertThat(finding.verdict()).as(finding.sentence()).isEqualTo(verdict);
    assertThat(finding.sentence()).contains("16.0 GiB (8.0 GiB available now)");
    assertThat(finding.figures()).containsEntry("physical_bytes", 16L << 30);
  }

  @Test
  void disksAreMeasuredAndLeftAsTheyWere() throws Exception {
    Path later = folder.resolve("not/yet");

    assertThat(disk(later, 1, 2)).isInstanceOf(Finding.Ok.class);
    assertThat(disk(later, 1, Long.MAX_VALUE)).isInstanceOf(Finding.Note.class);
    assertThat(disk(later, Long.MAX_VALUE, Long.MAX_VALUE)).isInstanceOf(Finding.Problem.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsAProblem() throws Exception {
    Finding finding = disk(Path.of("/proc"), 0, 0); // not even by root

    assertThat(finding).isInstanceOf(Finding.Problem.class);
    assertThat(finding.sentence()).contains("/proc cannot be written");
  }

  private Finding disk(Path place, long tooLittle, long little) throws Exception {
    return run(new DiskCheck(Map.of("results", place), tooLittle, little)).get(0);
  }

  @Test
  void aLibraryThatDoesNotLoadIsAFindingByWhatItMeans() {
    assertThat(
            NativesCheck.finding(
                new Natives.Library(
                    "ONNX Runtime", "", "", "it could not be loaded (x)", "", true)))
        .isInstanceOf(Finding.Problem.class);
    Finding finding =
        NativesCheck.finding(
            new Natives.Library(
                "ISA-L", "", "", "there is no native library.", "zlib instead.", true));
    assertThat(finding).isInstanceOf(Finding.Note.class);
    assertThat(finding.sentence()).isEqualTo("Not used: there is no native library. zlib instead.");
    assertThat(((Finding.Note) finding).remedy()).contains("on the class path");
    Finding.Note other =
        (Finding.Note)
            NativesCheck.finding(
                new Natives.Library("ISA-L", "", "", "it is for others", "zlib instead.", false));
    assertThat(other.remedy()).as("nothing that could be mended").isEmpty();
  }

  @Test
  void theLibrariesOfThisProcessAreLoadedFromFiles() {
    for (Natives.Library library : Natives.load()) {
      // Tests keep oneDNN from using AVX-512, so that they are the same on all machines.
      if (!library.name().equals("oneDNN")) {
        assertThat(library.isUsed()).as(library.toString()).isTrue();
        assertThat(library.version()).as(library.toString()).isNotEmpty();
      }
      assertThat(Path.of(library.file())).as(library.toString()).isRegularFile();
    }
  }

  @Test
  void matrixProductsAreCheckedAndMeasured() throws Exception {
    Finding finding = run(new ProductsCheck(2, 0.05)).get(0);

    assertThat(finding).isNotInstanceOf(Finding.Problem.class);
    assertThat((Double) finding.figures().get("one_thread_gflops")).isBetween(0.05, 1000.0);
    assertThat((Double) finding.figures().get("all_threads_gflops")).isBetween(0.05, 2000.0);
  }

  @Test
  void ratesCountWhatEveryThreadDid() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    long begun = System.nanoTime();
    double rate =
        Rate.of(
            3,
            0.6,
            thread ->
                () -> {
                  calls.incrementAndGet();
                  sleep(100);
                });
    double longest = (System.nanoTime() - begun) / 1e9;

    // Each thread works once before it is measured.
    assertThat(rate).isBetween((calls.get() - 3) / longest, (calls.get() - 3) / 0.6);
    assertThat(rate).isLessThanOrEqualTo(30); // 10 times a second each at the very most
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theNetworkIsMeasuredOnTheCpu() throws Exception {
    List<Finding> found = run(new BackboneCheck(TinyDataset::backbone, 2, 0.05));

    assertThat(found).extracting(Finding::verdict).containsOnly("ok");
    assertThat(found).extracting(Finding::subject).startsWith("weights", "backbone on cpu");
    assertThat((Double) found.get(1).figures().get("all_threads_images_per_second")).isPositive();
  }

  @Test
  void weightsThatCannotBeUsedAreAProblem() throws Exception {
    List<Finding> found =
        run(
            new BackboneCheck(
                () -> {
                  throw new InvalidInputException("The weights are of another network.");
                },
                2,
                0.05));

    assertThat(found).singleElement().isInstanceOf(Finding.Problem.class);
    assertThat(found.get(0).sentence()).isEqualTo("The weights are of another network.");
  }

  private static List<Finding> run(Check check) throws Exception {
    List<Finding> found = new ArrayList<>();
    check.run(found::add);
    return found;
  }

  private ControlGroup none() {
    return new ControlGroup(folder.resolve("no"), folder.resolve("none"));
  }
}
