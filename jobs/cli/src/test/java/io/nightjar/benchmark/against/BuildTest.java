package io.nightjar.benchmark.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  @TempDir Path directory;

  @AfterEach
  void forgetTheLauncher() {
    System.clearProperty(Build.LAUNCHER);
  }

  @Test
  void aJarTakesThePlaceOfThisBuildOnTheClassPath() throws IOException {
    Path jar = Files.createFile(directory.resolve("nightjar-0.1.0.jar"));

    Build.Pair builds = Build.against(jar);

    List<String> other = builds.other().command();
    List<String> own = builds.own().command();
    assertThat(other).hasSameSizeAs(own).last().isEqualTo("io.nightjar.cli.Nightjar");
    int path = other.indexOf("-cp") + 1;
    assertThat(other.subList(0, path)).isEqualTo(own.subList(0, path)).noneMatch("-jar"::equals);
    List<String> otherPath = List.of(other.get(path).split(File.pathSeparator));
    List<String> ownPath = List.of(own.get(path).split(File.pathSeparator));
    assertThat(otherPath.get(0)).isEqualTo(jar.toString());
    List<String> classes = ownPath.stream().filter(entry -> !otherPath.contains(entry)).toList();
    assertThat(classes).isNotEmpty().isEqualTo(ownPath.subList(0, classes.size()));
    assertThat(otherPath.subList(1, otherPath.size()))
        .isEqualTo(ownPath.subList(classes.size(), ownPath.size()))
        .isNotEmpty();
  }

  @Test
  void aLauncherMeetsTheLauncherOfThisBuild() throws IOException {
    System.setProperty(Build.LAUNCHER, "/opt/nightjar/deploy/local/nightjar");
    Path launcher = launcher();

    Build.Pair builds = Build.against(launcher);

    assertThat(builds.other().command()).containsExactly(launcher.toString());
    assertThat(builds.own().command()).containsExactly("/opt/nightjar/deploy/local/nightjar");
  }

  @Test
  void aLauncherIsRefusedWhereThisProcessHasNone() throws IOException {
    Path launcher = launcher();

    assertThatThrownBy(() -> Build.against(launcher))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--against " + launcher + " is a launcher")
        .hasMessageContaining("name a jar");
  }

  @Test
  void anythingElseIsRefused() throws IOException {
    Path text = Files.createFile(directory.resolve("notes.txt"));
    for (Path file : List.of(text, directory, directory.resolve("missing.jar"))) {
      assertThatThrownBy(() -> Build.against(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "--against "
                  + file
                  + " is neither a jar of Nightjar nor a launcher that can be"
                  + " executed.");
    }
  }

  private Path launcher() throws IOException {
    Path launcher = Files.createFile(directory.resolve("nightjar"));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    return launcher;
  }
}
