package io.nightjar;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Data flows one way through the packages, and nothing below knows the command line. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.nightjar");

  @Test
  void packagesKnowOnlyWhatStandsBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("error")
        .definedBy("io.nightjar.error..")
        .layer("linalg")
        .definedBy("io.nightjar.linalg..")
        .layer("dataset")
        .definedBy("io.nightjar.dataset..")
        .layer("backbone")
        .definedBy("io.nightjar.backbone..")
        .layer("pca")
        .definedBy("io.nightjar.pca..")
        .layer("bank")
        .definedBy("io.nightjar.bank..")
        .layer("score")
        .definedBy("io.nightjar.score..")
        .layer("metric")
        .definedBy("io.nightjar.metric..")
        .layer("report")
        .definedBy("io.nightjar.report..")
        .layer("job")
        .definedBy("io.nightjar.job..")
        .layer("benchmark")
        .definedBy("io.nightjar.benchmark..")
        .layer("cli")
        .definedBy("io.nightjar.cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("benchmark")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("benchmark", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("job", "benchmark", "cli")
        .whereLayer("metric")
        .mayOnlyBeAccessedByLayers("report", "job", "benchmark", "cli")
        .whereLayer("score")
        .mayOnlyBeAccessedByLayers("metric", "report", "job", "benchmark", "cli")
        .whereLayer("bank")
        .mayOnlyBeAccessedByLayers("score", "metric", "report", "job", "benchmark", "cli")
        .whereLayer("pca")
        .mayOnlyBeAccessedByLayers("bank", "score", "report", "job", "benchmark", "cli")
        .whereLayer("backbone")
        .mayOnlyBeAccessedByLayers("pca", "bank", "report", "job", "benchmark", "cli")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.nightjar.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nativeMemoryStaysWhereItIsOwned() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages("io.nightjar.linalg..", "io.nightjar.backbone..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..", "ai.djl..")
        .check(CLASSES);
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("io.nightjar.backbone.onednn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CLASSES);
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveSimpleName("FastInflate")
        .and()
        .doNotHaveSimpleName("Library")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.intel..")
        .check(CLASSES);
  }
}
