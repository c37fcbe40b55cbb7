package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gpu-discovery.sh} next to an {@code nvidia-smi} with given answers. */
class GpuDiscoveryTest {
  @TempDir private Path work;
  private Path bin;

  /** A PATH with the tools that the script needs, and no real nvidia-smi. */
  @BeforeEach
  void layOutTools() throws IOException {
    bin = Files.createDirectory(work.resolve("bin"));
    for (String tool : List.of("bash", "tr", "sed", "paste")) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          bin.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
    }
  }

  @Test
  void sparkReadsTheDevicesOfTheNode() throws Exception {
    Command discovery = discover("printf '0\\n1\\n13\\n'");

    assertThat(discovery.exitCode()).isZero();
    ResourceInformation gpus = ResourceInformation.parseJson(discovery.out().strip());
    assertThat(gpus.name()).isEqualTo("gpu");
    assertThat(gpus.addresses()).containsExactly("0", "1", "13");
  }

  @Test
  void asksForTheNumbersAlone() throws Exception {
    discover("echo \"$*\" >arguments; echo 0");

    assertThat(work.resolve("arguments")).hasContent("--query-gpu=index --format=csv,noheader");
  }

  @Test
  void aNodeWithoutDriverIsReportedInASentence() throws Exception {
    assertRefused(run(), "gpu-discovery: nvidia-smi is not on the PATH of this node");
  }

  @Test
  void aFailingDriverIsQuoted() throws Exception {
    assertRefused(
        discover("echo 'Driver/library version mismatch'; exit 9"),
        "gpu-discovery: nvidia-smi failed: Driver/library version mismatch");
  }

  @Test
  void aNodeWithoutDevicesIsReportedEvenWhereTheDriverCallsItSuccess() throws Exception {
    assertRefused(
        discover("echo 'No devices were found'"),
        "gpu-discovery: nvidia-smi lists no GPU on this node: No devices were found");
  }

  private static void assertRefused(Command discovery, String sentence) {
    assertThat(discovery.exitCode()).isEqualTo(1);
    assertThat(discovery.out()).isEmpty();
    assertThat(discovery.err().strip()).isEqualTo(sentence);
  }

  private Command discover(String nvidiaSmi) throws Exception {
    Path fake = Files.writeString(bin.resolve("nvidia-smi"), "#!/bin/sh\n" + nvidiaSmi + "\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
    return run();
  }

  private Command run() throws Exception {
    return Command.run(
        work,
        Map.of("PATH", bin.toString()),
        List.of(bin.resolve("bash").toString(), Command.script("gpu-discovery.sh").toString()));
  }
}
