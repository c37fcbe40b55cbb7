package io.nightjar.doctor.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of control groups as Linux has them. */
class ControlGroupTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void mount() throws IOException {
    root = Files.createDirectory(folder.resolve("cgroup"));
  }

  @Test
  void ofVersion2TheSmallestLimitOfAllGroupsAboveCounts() throws IOException {
    write("pod/memory.max", "2147483648\n");
    write("pod/cpu.max", "150000 100000\n");
    write("pod/task/memory.max", "4294967296\n");
    write("pod/task/cpu.max", "max 100000\n");

    ControlGroup group = group("0::/pod/task\n");

    assertThat(group.memoryBytes()).hasValue(2L << 30);
    assertThat(group.processors()).hasValue(1.5);
  }

  @Test
  void ofVersion1EachControllerHasAFolder() throws IOException {
    write("memory/docker/a/memory.limit_in_bytes", "1073741824\n");
    write("memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("cpu/docker/a/cpu.cfs_quota_us", "400000\n");
    write("cpu/docker/a/cpu.cfs_period_us", "100000\n");
    write("cpu/cpu.cfs_quota_us", "-1\n");
    write("cpu/cpu.cfs_period_us", "100000\n");

    ControlGroup group = group("4:memory:/docker/a\n3:cpu,cpuacct:/docker/a\n1:name=systemd:/x\n");

    assertThat(group.memoryBytes()).hasValue(1L << 30);
    assertThat(group.processors()).hasValue(4.0);
  }

  @Test
  void withoutLimitsOrFilesThereIsNone() throws IOException {
    write("memory.max", "max\n");
    write("cpu.max", "max 100000\n");
    assertThat(group("0::/\n").memoryBytes()).isEmpty();
    assertThat(group("0::/\n").processors()).isEmpty();

    ControlGroup absent = new ControlGroup(folder.resolve("no"), folder.resolve("nothing"));
    assertThat(absent.memoryBytes()).isEmpty();
    assertThat(absent.processors()).isEmpty();
  }

  @Test
  void aPathThatLeadsOutOfTheRootIsNotFollowed() throws IOException {
    Files.writeString(folder.resolve("memory.max"), "1\n");

    assertThat(group("0::/../\n").memoryBytes()).isEmpty();
  }

  private ControlGroup group(String membership) throws IOException {
    return new ControlGroup(root, Files.writeString(folder.resolve("self"), membership));
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
