package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.ClassArchive;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes of the finished jars. */
@Tag("slow")
class ClassArchiveIT {
  private static final Path JAR =
      Path.of(System.getProperty("nightjar.spark.jar").replaceFirst("-spark[^-]*\\.jar$", ".jar"));

  @Test
  void helpStartsFromAnArchiveOfTheRehearsal(@TempDir Path work) throws Exception {
    Command done =
        Command.run(
            work,
            Map.of("JAVA_HOME", System.getProperty("java.home")),
            List.of(
                "bash",
                "-c",
                "set -eu; . \"$0/java.sh\"; . \"$0/archive.sh\"; use_archive \"$2\" \"$1\"; "
                    + "\"$java\" \"${flags[@]}\" -Xlog:class+load:file=\"$3\" -cp \"$4\""
                    + " io.nightjar.cli.Nightjar help",
                Repository.file("deploy/local").toString(),
                JAR.toString(),
                ClassArchive.file().toString(),
                work.resolve("loaded").toString(),
                ClassArchive.classPath()));

    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(done.out()).contains("Exit codes:");
    List<String> loaded = Files.readAllLines(work.resolve("loaded"));
    // Help needs neither, and each of them costs more than help itself; what commands have in their
    // signatures brings the interfaces of Spark's session along.
    assertThat(loaded).noneMatch(line -> line.contains(" org.apache.logging."));
    assertThat(loaded).filteredOn(line -> line.contains(" scala.")).hasSizeLessThan(10);
    List<String> own =
        loaded.stream()
            .filter(line -> line.contains(" io.nightjar.cli.") && !line.contains("Lambda"))
            .toList();
    assertThat(own).hasSizeGreaterThan(20);
    // Picocli's own classes are of a version that archives do not take, nor do they take those that
    // implement one of its interfaces.
    assertThat(own)
        .filteredOn(line -> !line.endsWith("source: shared objects file (top)"))
        .hasSizeLessThan(own.size() / 10);
  }

  @Test
  void processesOfTheTestsStartFromIt() {
    assertThat(JavaCommand.of(ClassPaths.whole()))
        .contains("-XX:SharedArchiveFile=" + ClassArchive.file());
  }
}
