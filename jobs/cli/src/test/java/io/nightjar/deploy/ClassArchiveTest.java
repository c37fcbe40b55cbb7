package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The archive of classes from which {@code deploy/local/nightjar} starts, with a small program in
 * place of the rehearsal.
 */
class ClassArchiveTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String REHEARSAL = "io/nightjar/cli/rehearsal/Rehearsal";
  private static final String JAR = "rehearsal.jar";
  private static final String FROM_ARCHIVE = "source: shared objects file (top)";

  /** What is made once: the program's jar, and an archive of it that no test changes. */
  @TempDir private static Path once;

  @TempDir private Path work;
  private Path archive;
  private Path built;
  private Path jar;

  @BeforeAll
  static void compile() throws Exception {
    Path source = once.resolve("Rehearsal.java");
    Files.writeString(
        source,
        """
        package io.nightjar.cli.rehearsal;
        public final class Rehearsal {
          public static void main(String[] args) {
            System.out.println("ran with " + args.length);
            if (Boolean.getBoolean("broken")) {
              System.exit(3);
            }
          }
        }
        """);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", once.toString(), source.toString());
    assertThat(compiled).isZero();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(once.resolve(JAR)))) {
      out.putNextEntry(new JarEntry(REHEARSAL + ".class"));
      out.write(Files.readAllBytes(once.resolve(REHEARSAL + ".class")));
      out.closeEntry();
    }
    ClassArchiveTest first = new ClassArchiveTest();
    first.work = once;
    first.prepare();
    first.make("");
  }

  @BeforeEach
  void prepare() throws IOException {
    archive = work.resolve("classes.jsa");
    built = Files.createFile(work.resolve("local.built"));
    Files.setLastModifiedTime(built, FileTime.from(BUILT));
    jar = once.resolve(JAR);
  }

  /** The archive that was made once, as if it had been made here. */
  private void takeTheArchive() throws IOException {
    for (String suffix : List.of("", ".size", ".tried")) {
      Files.copy(
          Path.of(once.resolve("classes.jsa") + suffix),
          Path.of(archive + suffix),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void whatTheRehearsalLoadedIsTakenFromTheArchive() throws Exception {
    assertThat(rehearsal()).contains("source: file:").doesNotContain(FROM_ARCHIVE);

    make("");

    assertThat(rehearsal()).contains("ran with 1").contains(FROM_ARCHIVE);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void anArchiveOfAnEarlierBuildIsNotUsedAndMadeAgain() throws Exception {
    takeTheArchive();
    assertThat(wanted("")).isFalse();
    Files.setLastModifiedTime(built, FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(wanted("")).isTrue();
    assertThat(rehearsal()).contains("ran with 1").doesNotContain(FROM_ARCHIVE);
  }

  @Test
  void aJvmWithAnotherJarStartsWithoutAWord() throws Exception {
    jar = Files.copy(jar, work.resolve(JAR));
    make("");
    assertThat(rehearsal()).contains(FROM_ARCHIVE);
    Files.setLastModifiedTime(jar, FileTime.from(BUILT));

    Command done = run("use_archive \"$1\" \"$2\"; " + JAVA);

    assertThat(done.out().strip()).isEqualTo("ran with 1");
    assertThat(done.err()).isEmpty();
  }

  @Test
  void anArchiveThatWasCutShortIsNotUsed() throws Exception {
    takeTheArchive();
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    // As old as it was: only the size says it.
    Files.setLastModifiedTime(archive, Files.getLastModifiedTime(Path.of(archive + ".tried")));

    assertThat(rehearsal()).contains("ran with 1").doesNotContain(FROM_ARCHIVE);
  }

  @Test
  void aRehearsalThatFailsLeavesNoArchiveAndIsNotTriedAgain() throws Exception {
    make("flags+=(-Dbroken=true); ");

    assertThat(archive).doesNotExist();
    assertThat(leftovers()).isEmpty();
    assertThat(wanted("")).isFalse();
  }

  @Test
  void nothingIsMadeOrUsedWhereItIsSwitchedOff() throws Exception {
    assertThat(wanted("NIGHTJAR_ARCHIVE=off; ")).isFalse();
    assertThat(wanted("")).isTrue();
    takeTheArchive();

    assertThat(out("NIGHTJAR_ARCHIVE=off; use_archive \"$1\" \"$2\"; " + JAVA))
        .isEqualTo("ran with 1");
  }

  /** With these JDK 17 crashes where it loads classes from an archive. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NIGHTJAR_JAVA_OPTS='-Xmx1g -XX:StartFlightRecording:filename=a.jfr'",
        "NIGHTJAR_JAVA_OPTS=-XX:+FlightRecorder",
        "JAVA_TOOL_OPTIONS=-javaagent:/opt/metrics.jar",
        "JDK_JAVA_OPTIONS='-Dx=y -agentpath:/opt/profiler.so=start'"
      })
  void anAgentStartsWithoutTheArchive(String options) throws Exception {
    takeTheArchive();

    assertThat(out("use_archive \"$1\" \"$2\"; echo \"${flags[*]}\"")).contains("SharedArchive");
    assertThat(out(options + "; use_archive \"$1\" \"$2\"; echo \"${flags[*]}\""))
        .doesNotContain("SharedArchive");
  }

  @Test
  void theBackgroundWaitsForTheCommandAndTheArchiveIsMadeOnce() throws Exception {
    String made =
        out(
            "sleep 300 & command=$!; "
                + "make_archive_after $command \"$1\" \"$2\" \"$3\"; first=$!; "
                + "make_archive_after $command \"$1\" \"$2\" \"$3\"; second=$!; "
                + "sleep 1; [ ! -e \"$1.tried\" ] && echo waits; "
                + "kill $command; wait $first $second; "
                + "[ -s \"$1\" ] && echo made");

    assertThat(made.lines()).containsExactly("waits", "made");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void commandsThatEndWhileOneIsMadeMakeNone() throws Exception {
    assertThat(wanted("archive_claim \"$1\"; ")).as("the caller itself makes it").isFalse();

    String made =
        out(
            "sleep 30 & maker=$!; ln -sfn $maker \"$1.making\"; true & ended=$!; wait $ended; "
                + "make_archive_after $ended \"$1\" \"$2\" \"$3\"; wait $!; "
                + "[ ! -e \"$1\" ] && echo left; kill $maker; wait $maker || true; "
                + "make_archive_after $ended \"$1\" \"$2\" \"$3\"; wait $!; [ -s \"$1\" ] && echo made");

    assertThat(made.lines()).as("its maker was killed before").containsExactly("left", "made");
    assertThat(Files.isSymbolicLink(work.resolve("classes.jsa.making"))).isFalse();
  }

  @Test
  void anotherJavaHasAnArchiveOfItsOwn() throws Exception {
    String here = out("archive_of /target");

    assertThat(here).matches("/target/local-[0-9-]+\\.jsa").isEqualTo(out("archive_of /target"));
    assertThat(out("release='JAVA_VERSION=\"17.0.99\"'; archive_of /target")).isNotEqualTo(here);
  }

  private static final String JAVA =
      "\"$java\" \"${flags[@]}\" -cp \"$3\" io.nightjar.cli.rehearsal.Rehearsal argument";

  private void make(String before) throws Exception {
    out(before + "make_archive \"$1\" \"$3\"");
  }

  private boolean wanted(String before) throws Exception {
    return out(before + "if archive_wanted \"$1\" \"$2\"; then echo yes; fi").equals("yes");
  }

  /** What the rehearsal prints, and where its class comes from. */
  private String rehearsal() throws Exception {
    return out(
        "use_archive \"$1\" \"$2\"; flags+=(-Xlog:class+load:stdout); "
            + JAVA
            + " | grep -e 'ran with' -e cli.rehearsal");
  }

  private String out(String script) throws Exception {
    return run(script).out().strip();
  }

  private Command run(String script) throws Exception {
    String folder = Repository.file("deploy/local").toString();
    List<String> words = new ArrayList<>(List.of("bash", "-c"));
    words.add("set -eu; . \"$0/java.sh\"; . \"$0/archive.sh\"; " + script);
    words.addAll(List.of(folder, archive.toString(), built.toString(), jar.toString()));
    Command done = Command.run(work, Map.of("JAVA_HOME", System.getProperty("java.home")), words);
    assertThat(done.exitCode()).as(done.err()).isZero();
    return done;
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.filter(file -> file.getFileName().toString().startsWith("archive.")).toList();
    }
  }
}
