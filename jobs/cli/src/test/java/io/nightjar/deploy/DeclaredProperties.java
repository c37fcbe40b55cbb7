package io.nightjar.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.testing.ClassPaths;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.resource.ResourceID;

/** The properties that Spark itself, on YARN and on Kubernetes as well, declares. */
final class DeclaredProperties {
  /** Where Spark declares its properties. */
  private static final List<String> DECLARED =
      List.of(
          "org.apache.spark.internal.config.package$",
          "org.apache.spark.deploy.yarn.config.package$",
          "org.apache.spark.deploy.k8s.Config$");

  /** What precedes the names of variables and of Hadoop's properties. */
  private static final List<String> PREFIXES =
      List.of(
          "spark.executorEnv.",
          "spark.yarn.appMasterEnv.",
          "spark.kubernetes.driverEnv.",
          "spark.hadoop.");

  /** Properties of a resource, which belongs to workers, executors and tasks. */
  private static final List<String> OF_GPUS =
      Stream.of("spark.worker", "spark.executor", "spark.task")
          .map(owner -> new ResourceID(owner, "gpu"))
          .flatMap(gpu -> Stream.of(gpu.amountConf(), gpu.discoveryScriptConf(), gpu.vendorConf()))
          .toList();

  private DeclaredProperties() {}

  /** Lets Spark declare them; skips the test where its classes are of another Scala. */
  static void load() throws ClassNotFoundException {
    String module = ClassPaths.of(org.apache.spark.deploy.k8s.Config.class);
    assumeTrue(
        module.contains("_" + BuildInfo.scala() + "-"), "Skipped: of another Scala is " + module);
    for (String name : DECLARED) {
      Class.forName(name);
    }
  }

  /** Whether Spark knows a property of this name. */
  static boolean contain(String key) {
    return ConfigEntry$.MODULE$.findEntry(key) != null
        || PREFIXES.stream().anyMatch(key::startsWith)
        || OF_GPUS.contains(key);
  }
}
