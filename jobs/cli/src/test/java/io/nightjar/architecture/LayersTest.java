package io.nightjar.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.nightjar.architecture.Product.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dependencies point one way: between modules, between features, and between packages. */
class LayersTest {
  /** What each feature may use besides {@code text}, {@code error}, {@code io} and {@code json}. */
  private static final Map<String, Set<String>> USES = new HashMap<>();

  static {
    USES.put("linalg", Set.of());
    USES.put("tile", Set.of());
    USES.put("dataset", Set.of("tile"));
    USES.put("score", Set.of("tile"));
    USES.put("backbone", Set.of("linalg", "tile", "dataset"));
    USES.put("pca", Set.of("linalg", "backbone"));
    USES.put("bank", Set.of("linalg", "tile", "dataset", "backbone", "pca"));
    USES.put("metric", Set.of("dataset", "score"));
    USES.put("report", Set.of("dataset", "score", "metric"));
    USES.put("doctor", Set.of("linalg", "dataset", "backbone"));
    USES.put("export", Set.of("score", "backbone", "pca", "bank"));
    USES.put("decision", Set.of("tile", "score", "backbone", "bank", "metric"));
    USES.put(
        "table",
        Set.of("tile", "dataset", "score", "backbone", "pca", "bank", "metric", "decision"));
    addAbove("job", Set.of("doctor", "export", "table"));
    addAbove("benchmark", Set.of("job"));
    addAbove("cli", Set.of("job", "benchmark", "doctor", "export"));
  }

  private static final Set<String> BASE = Set.of("text", "error", "io", "json");

  /** A feature that may use all those that compute. */
  private static void addAbove(String feature, Set<String> others) {
    Set<String> all =
        new HashSet<>(
            Set.of(
                "linalg",
                "tile",
                "dataset",
                "score",
                "backbone",
                "pca",
                "bank",
                "metric",
                "decision",
                "report"));
    all.addAll(others);
    USES.put(feature, all);
  }

  @Test
  void modulesKnowOnlyThoseBelowThem() {
    assertThat(
            dependencies(
                (from, to) ->
                    (Module.CORE.contains(from)
                            && (Module.SPARK.contains(to) || Module.CLI.contains(to)))
                        || (Module.SPARK.contains(from) && Module.CLI.contains(to))))
        .isEmpty();
  }

  @Test
  void coreKnowsNeitherSparkNorScala() {
    Set<String> found = new TreeSet<>();
    for (JavaClass one : Product.CLASSES) {
      if (Module.CORE.contains(one)) {
        for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
          String target = dependency.getTargetClass().getName();
          if (target.startsWith("org.apache.spark.") || target.startsWith("scala.")) {
            found.add(dependency.getDescription());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void featuresUseOnlyThoseBelowThem() {
    assertThat(
            dependencies(
                (from, to) -> {
                  String user = Product.feature(from);
                  String used = Product.feature(to);
                  return !user.equals(used)
                      && !BASE.contains(used)
                      && !USES.getOrDefault(user, Set.of()).contains(used);
                }))
        .isEmpty();
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.nightjar.(**)").should().beFreeOfCycles().check(Product.CLASSES);
  }

  @Test
  void noPackageIsSplitOverModules() {
    Map<String, Set<String>> roots =
        Product.CLASSES.stream()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    Collectors.mapping(Product::root, Collectors.toSet())));
    roots.values().removeIf(modules -> modules.size() == 1);
    assertThat(roots).isEmpty();
  }

  private static List<String> dependencies(BiPredicate<JavaClass, JavaClass> forbidden) {
    List<String> found = new ArrayList<>();
    for (JavaClass one : Product.CLASSES) {
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (Product.isOurs(target) && forbidden.test(one, target)) {
          found.add(dependency.getDescription());
        }
      }
    }
    return found;
  }
}
