package io.nightjar.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package is small, documented, and has tests of its own in the same module. */
class PackagesTest {
  private static final int MOST_CLASSES = 20;
  private static final Path JOBS = Path.of("..");

  @Test
  void noPackageHasMoreThanTwentyClasses() {
    Map<String, Long> sizes =
        Product.CLASSES.stream()
            .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(size -> size <= MOST_CLASSES);
    assertThat(sizes).isEmpty();
  }

  /** Its classes are not on the class path of this test, so its sources are counted. */
  @Test
  void packagesOfTheBenchmarksAreSmallAndDocumentedToo() throws IOException {
    Map<Path, List<Path>> packages;
    try (Stream<Path> files = Files.walk(JOBS.resolve("benchmarks/src/main/java"))) {
      packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(Collectors.groupingBy(Path::getParent));
    }
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            (folder, files) ->
                assertThat(files)
                    .contains(folder.resolve("package-info.java"))
                    .hasSizeLessThanOrEqualTo(MOST_CLASSES + 1));
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    List<String> without = new ArrayList<>();
    for (Map.Entry<Path, String> one : packages().entrySet()) {
      if (!Files.isRegularFile(one.getKey().resolve("package-info.java"))) {
        without.add(one.getValue());
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void everyPackageHasTestsOfItsOwn() {
    List<String> without = new ArrayList<>();
    for (Map.Entry<Path, String> one : packages().entrySet()) {
      Path tests = Path.of(one.getKey().toString().replace("/src/main/", "/src/test/"));
      if (!Files.isDirectory(tests) || list(tests, PackagesTest::isTest).isEmpty()) {
        without.add(one.getValue());
      }
    }
    assertThat(without).isEmpty();
  }

  private static boolean isTest(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith("Test.java") || name.endsWith("IT.java");
  }

  /** The folders of the packages of all modules, and their names. */
  private static Map<Path, String> packages() {
    Map<Path, String> packages = new TreeMap<>();
    for (Product.Module module : Product.Module.values()) {
      Path sources = JOBS.resolve(module.folder()).resolve("src/main/java");
      try (Stream<Path> folders = Files.walk(sources)) {
        folders
            .filter(Files::isDirectory)
            .filter(folder -> !list(folder, PackagesTest::isClass).isEmpty())
            .forEach(
                folder ->
                    packages.put(
                        folder,
                        module.name().toLowerCase(Locale.ROOT)
                            + ": "
                            + sources.relativize(folder).toString().replace('/', '.')));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return packages;
  }

  private static boolean isClass(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".java") && !name.equals("package-info.java");
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
