package io.nightjar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words that {@code CONTRIBUTING.md} lists as not to be written are not, in code, messages,
 * documentation and tests, as far as a word alone shows it.
 */
class WordsTest {
  private static final Path ROOT = Path.of("../..");

  /** Folders of sources and documentation; of modules only what is below {@code src}. */
  private static final List<String> PLACES =
      List.of(
          ".ci/run",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "README.md",
          "SECURITY.md",
          "pom.xml",
          "conf",
          "deploy",
          "docs",
          "jobs/pom.xml",
          "jobs/benchmarks/src",
          "jobs/cli/src",
          "jobs/connect/src",
          "jobs/core/src",
          "jobs/spark/src",
          "notebooks");

  private static final Set<String> TYPES =
      Set.of("conf", "java", "js", "jte", "md", "properties", "py", "scala", "sh", "xml", "yaml");

  private static final Pattern AVOIDED =
      Pattern.compile(
          "\\b(trunks?|beside|anew|nobody|whoever|detours?|contenders?|workbench|told|tell(s|ing)?"
              + "|stands?|judg(e[sd]?|ing|e?ments?))\\b",
          Pattern.CASE_INSENSITIVE);

  /** The name that a property had, which still works, and where it is said; and the term. */
  private static final Pattern ALLOWED = Pattern.compile("nightjar\\.trunk|\\*trunk\\*|[Ss]tandIn");

  /** Where a word begins within a name. */
  private static final Pattern WITHIN =
      Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  @Test
  void wordsThatAreNotOursAreNotWritten() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    for (String place : PLACES) {
      try (Stream<Path> walk = Files.walk(ROOT.resolve(place))) {
        for (Path file : walk.filter(WordsTest::isOurs).sorted().toList()) {
          files++;
          find(file, found);
        }
      }
    }

    assertThat(files).isGreaterThan(1000);
    assertThat(found).isEmpty();
  }

  @Test
  void aWordIsSeenWhereverItIs() {
    assertThat(AVOIDED.matcher("  /** What a person is told. */").find()).isTrue();
    assertThat(AVOIDED.matcher("Judge the images").find()).isTrue();
    assertThat(WITHIN.matcher("eachIsToldAndGoesOn").replaceAll(" ")).containsPattern(AVOIDED);
    assertThat(AVOIDED.matcher("a standalone cluster, besides; understand").find()).isFalse();
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    String type = name.substring(name.lastIndexOf('.') + 1);
    return Files.isRegularFile(file)
        && (TYPES.contains(type) || type.equals(name))
        && !file.toString().contains("META-INF")
        && !name.equals("WordsTest.java");
  }

  private static void find(Path file, List<String> found) throws IOException {
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      Matcher matcher = AVOIDED.matcher(WITHIN.matcher(line).replaceAll(" "));
      boolean isList = file.endsWith("CONTRIBUTING.md") && line.startsWith("| ");
      if (matcher.find() && !isList && !ALLOWED.matcher(line).find()) {
        found.add(ROOT.relativize(file) + ":" + number + ": " + matcher.group());
      }
    }
  }
}
