package io.nightjar.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nightjar.cli.Nightjar;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.linalg.Blas;
import java.util.Locale;

/** The classes of Nightjar that a user gets, and the module that each comes from. */
final class Product {
  /** All classes of core, Spark part and command line; no tests, no developer benchmarks. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          // The folder of a line of Spark lies between target/ and test-classes/.
          .withImportOption(location -> !location.contains("/test-classes/"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.nightjar");

  private static final String ROOT = "io.nightjar.";

  private Product() {}

  /** A folder below {@code jobs/}, recognised by where its classes were loaded. */
  enum Module {
    CORE(Blas.class),
    SPARK(EvaluateDataset.class),
    CLI(Nightjar.class);

    private final String root;

    Module(Class<?> member) {
      root = root(CLASSES.get(member));
    }

    boolean contains(JavaClass one) {
      return root(one).equals(root);
    }

    String folder() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The folder or jar that a class was loaded from. */
  static String root(JavaClass one) {
    String uri = one.getSource().orElseThrow().getUri().toString();
    return uri.substring(0, uri.indexOf("io/nightjar/"));
  }

  /**
   * The first part of a package's name below {@code io.nightjar}, such as {@code bank}; empty for
   * others.
   */
  static String feature(JavaClass one) {
    if (!isOurs(one)) {
      return "";
    }
    String below = one.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  static boolean isOurs(JavaClass one) {
    return one.getPackageName().startsWith(ROOT);
  }
}
