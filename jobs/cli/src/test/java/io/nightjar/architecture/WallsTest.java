package io.nightjar.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.nightjar.architecture.Product.Module;
import io.nightjar.bank.store.StoredBank;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code public} opens to every package of a module, and only some packages should use. */
class WallsTest {
  private static final DescribedPredicate<JavaClass> CORE =
      DescribedPredicate.describe("are in the core", Module.CORE::contains);

  private static final Set<String> CONTEXTS =
      Set.of("org.apache.spark.SparkContext", "org.apache.spark.SparkEnv");

  /** What gives them without their being named. */
  private static final Set<String> CONTEXT_CALLS =
      Set.of("sparkContext", "sqlContext", "sessionState", "rdd", "javaRDD", "toJavaRDD");

  @Test
  void outsideOfJobOnlyActionsOptionsAndResultsAreUsed() {
    noClasses()
        .that(resideOutsideOfPackages("io.nightjar.job.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.nightjar.job..")
                .and(
                    resideOutsideOfPackages(
                        "io.nightjar.job",
                        "io.nightjar.job.options",
                        "io.nightjar.job.result",
                        "io.nightjar.job.watch"))
                // The version of the program, which every front end reports.
                .and(
                    DescribedPredicate.describe(
                        "are not BuildInfo", one -> !one.getSimpleName().equals("BuildInfo"))))
        .check(Product.CLASSES);
  }

  @Test
  void theBenchmarksHarnessKnowsNoStepAndNoReport() {
    noClasses()
        .that()
        .resideInAPackage("io.nightjar.benchmark.harness")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.nightjar.benchmark",
            "io.nightjar.benchmark.step",
            "io.nightjar.benchmark.baseline",
            "io.nightjar.benchmark.report")
        .check(Product.CLASSES);
  }

  @Test
  void baselinesAreOnlyComparedWith() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.nightjar.benchmark.step", "io.nightjar.benchmark.baseline")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.nightjar.benchmark.baseline")
        .check(Product.CLASSES);
  }

  @Test
  void openBlasIsCalledFromLinearAlgebraAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.nightjar.linalg")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco.openblas..")
        .check(Product.CLASSES);
    // oneDNN's library file comes from a JavaCPP artifact, whose loader unpacks it.
    noClasses()
        .that()
        .resideOutsideOfPackages("io.nightjar.linalg", "io.nightjar.backbone.onednn")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..")
        .check(Product.CLASSES);
  }

  @Test
  void networkEnginesAreCalledFromBackboneAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.nightjar.backbone..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..", "ai.djl..")
        .check(Product.CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.nightjar.backbone.onednn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(Product.CLASSES);
  }

  @Test
  void isalIsCalledWherePngsAreDecompressedAlone() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.nightjar\\.dataset\\.decode\\.FastInflate(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.intel..")
        .check(Product.CLASSES);
  }

  @Test
  void onlyActionsStagesAndBenchmarksStartSparkJobs() {
    // Without the type of a distributed collection, no job can be started.
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.nightjar.job..",
            "io.nightjar.table",
            "io.nightjar.decision",
            "io.nightjar.backbone",
            "io.nightjar.pca",
            "io.nightjar.bank",
            "io.nightjar.bank.index",
            "io.nightjar.bank.selection",
            "io.nightjar.bank.shard",
            "io.nightjar.benchmark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark.api.java..", "org.apache.spark.rdd..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.apache.spark.sql.Dataset")
        .check(Product.CLASSES);
  }

  /** Neither do the functions over tables, nor anything of ours that they call. */
  @Test
  void functionsOverTablesNeedNoSparkContext() {
    Set<JavaClass> reached = reachedFrom("io.nightjar.table");
    assertThat(reached).contains(Product.CLASSES.get(StoredBank.class));
    assertThat(contextsUsedBy(reached)).isEmpty();
    assertThat(contextsUsedBy(reachedFrom("io.nightjar.pca")))
        .anyMatch(use -> use.contains("SparkContext"));
  }

  /** The classes of a package and those of ours that they depend on, directly or by others. */
  private static Set<JavaClass> reachedFrom(String name) {
    Set<JavaClass> reached = new HashSet<>();
    Deque<JavaClass> next =
        new ArrayDeque<>(
            Product.CLASSES.stream().filter(one -> one.getPackageName().equals(name)).toList());
    while (!next.isEmpty()) {
      JavaClass one = next.remove();
      if (reached.add(one)) {
        one.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(Product::isOurs)
            .forEach(next::add);
      }
    }
    return reached;
  }

  private static List<String> contextsUsedBy(Set<JavaClass> classes) {
    return Stream.concat(
            classes.stream()
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isContext(dependency.getTargetClass()))
                .map(Dependency::getDescription),
            classes.stream()
                .flatMap(one -> one.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().startsWith("org.apache.spark."))
                .filter(call -> CONTEXT_CALLS.contains(call.getTarget().getName()))
                .map(JavaMethodCall::getDescription))
        .toList();
  }

  private static boolean isContext(JavaClass one) {
    String of = one.getPackageName();
    return CONTEXTS.contains(one.getName())
        || of.equals("org.apache.spark.api.java")
        || of.startsWith("org.apache.spark.rdd")
        || of.startsWith("org.apache.spark.broadcast")
        || of.startsWith("org.apache.spark.ml");
  }

  @Test
  void publicFieldsAreFinal() {
    fields()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .beFinal()
        .check(Product.CLASSES);
  }

  @Test
  void theCoreWritesToNoConsole() {
    noClasses().that(CORE).should().accessField(System.class, "out").check(Product.CLASSES);
    noClasses().that(CORE).should().accessField(System.class, "err").check(Product.CLASSES);
  }

  /** Where a use is allowed, the rules' own words find it: they could find it elsewhere. */
  @Test
  void whatTheRulesLookForIsSeen() {
    assertThatThrownBy(
            () -> noClasses().should().accessField(System.class, "out").check(Product.CLASSES))
        .hasMessageContaining("io.nightjar.cli.Nightjar.main");
    assertThatThrownBy(
            () ->
                noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.bytedeco.openblas..")
                    .check(Product.CLASSES))
        .hasMessageContaining("io.nightjar.linalg.");
    assertThatThrownBy(
            () ->
                noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("org.apache.spark.sql.Dataset")
                    .check(Product.CLASSES))
        .hasMessageContaining("io.nightjar.job.");
  }
}
