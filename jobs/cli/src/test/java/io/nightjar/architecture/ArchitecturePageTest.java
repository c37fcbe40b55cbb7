package io.nightjar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.nightjar.architecture.Product.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/architecture.md} says what the code is. After a change of a {@code
 * package-info.java}, {@code mvn test -Dtest=ArchitecturePageTest -Dnightjar.docs.write=true}
 * renews the page.
 */
class ArchitecturePageTest {
  private static final Path PAGE = Path.of("../../docs/architecture.md");
  private static final String MARK = "<!-- packages -->\n";
  private static final Pattern ARROW =
      Pattern.compile("^ {2}(\\w+) --> (\\w+)$", Pattern.MULTILINE);
  private static final Pattern COMMENT =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s*package", Pattern.DOTALL);
  private static final Set<String> BASE = Set.of("text", "error", "io", "json");
  private static final Set<String> STAGES = Set.of("backbone", "pca", "bank", "decision");

  @Test
  void theParagraphsAreThoseOfThePackages() throws IOException {
    String page = Files.readString(PAGE);
    String written = page.substring(page.indexOf(MARK) + MARK.length());
    String expected = paragraphs();
    if (Boolean.getBoolean("nightjar.docs.write") && !written.equals(expected)) {
      Files.writeString(PAGE, page.substring(0, page.length() - written.length()) + expected);
      written = expected;
    }
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void theArrowsAreTheDependencies() throws IOException {
    Set<String> arrows = new TreeSet<>();
    Matcher matcher = ARROW.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      arrows.add(matcher.group(1) + " --> " + matcher.group(2));
    }
    Set<String> dependencies = dependencies();

    assertThat(dependencies).containsAll(arrows);
    assertThat(reachable(arrows)).containsAll(dependencies);
  }

  private static Set<String> dependencies() {
    Set<String> found = new TreeSet<>();
    for (JavaClass one : Product.CLASSES) {
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (Product.isOurs(target)
            && !BASE.contains(Product.feature(one))
            && !BASE.contains(Product.feature(target))
            && !node(one).equals(node(target))) {
          found.add(node(one) + " --> " + node(target));
        }
      }
    }
    return found;
  }

  /** The box of the drawing that a class belongs to. */
  private static String node(JavaClass one) {
    String feature = Product.feature(one);
    return Module.SPARK.contains(one) && STAGES.contains(feature) ? "stages" : feature;
  }

  /** All pairs that a path of arrows connects. */
  private static Set<String> reachable(Set<String> arrows) {
    Set<String> all = new TreeSet<>(arrows);
    int before;
    do {
      before = all.size();
      for (String first : List.copyOf(all)) {
        String middle = first.substring(first.indexOf(" --> ") + 5);
        for (String second : arrows) {
          if (second.startsWith(middle + " --> ")) {
            all.add(first.substring(0, first.indexOf(" --> ")) + second.substring(middle.length()));
          }
        }
      }
    } while (all.size() > before);
    return all;
  }

  private static String paragraphs() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Module module : Module.values()) {
      text.append("\n### jobs/").append(module.folder()).append('\n');
      Path sources = Path.of("..", module.folder(), "src/main/java");
      Map<String, String> packages = new TreeMap<>();
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.endsWith("package-info.java")).toList()) {
          String name = sources.relativize(file.getParent()).toString().replace('/', '.');
          packages.put(name.substring("io.nightjar.".length()), paragraph(Files.readString(file)));
        }
      }
      packages.forEach(
          (name, paragraph) ->
              text.append("\n**`").append(name).append("`**: ").append(paragraph).append('\n'));
    }
    return text.toString();
  }

  /** The Javadoc of a package in Markdown, on one line, without block tags. */
  private static String paragraph(String source) {
    Matcher comment = COMMENT.matcher(source);
    assertThat(comment.find()).isTrue();
    return comment
        .group(1)
        .replaceAll("(?m)^ \\* ?", "")
        .replaceAll("(?m)^@\\w+.*$", "")
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("\\{@link (?:[a-z0-9]+\\.)*([A-Z][\\w.]*)}", "`$1`")
        .replaceAll("\\{@link ([^}]*)}", "`$1`")
        .replace("<p>", "");
  }
}
