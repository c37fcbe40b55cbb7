package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.job.run.BuildInfo;
import io.nightjar.testing.ClassPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.resource.ResourceID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

/**
 * What {@code nightjar-submit} would run, read by the parser of this Spark's {@code spark-submit};
 * the names of the properties are those that Spark itself declares.
 */
@Tag("slow") // the script wants the finished jar, with which it reads the status
@Tag("smoke")
@SuppressWarnings({"deprecation", "unchecked"}) // Scala 2.12 has these converters alone
class SubmittedPropertiesTest {
  private static final String KUBERNETES =
      "k8s://https://head:6443 --image nightjar:1 --jar local:///opt/nightjar/nightjar.jar";

  /** Where Spark declares its properties. */
  private static final List<String> DECLARED =
      List.of(
          "org.apache.spark.internal.config.package$",
          "org.apache.spark.deploy.yarn.config.package$",
          "org.apache.spark.deploy.k8s.Config$");

  /** What precedes the names of variables and of resources, which Spark does not know. */
  private static final List<String> PREFIXES =
      List.of("spark.executorEnv.", "spark.yarn.appMasterEnv.", "spark.kubernetes.driverEnv.");

  /** Properties of a resource, which belongs to executors and tasks. */
  private static final List<String> OF_GPUS =
      Stream.of(new ResourceID("spark.executor", "gpu"), new ResourceID("spark.task", "gpu"))
          .flatMap(gpu -> Stream.of(gpu.amountConf(), gpu.discoveryScriptConf(), gpu.vendorConf()))
          .toList();

  @TempDir private Path work;

  @BeforeAll
  static void declare() throws ClassNotFoundException {
    String module = ClassPaths.of(org.apache.spark.deploy.k8s.Config.class);
    assumeTrue(
        module.contains("_" + BuildInfo.scala() + "-"), "Skipped: of another Scala is " + module);
    for (String name : DECLARED) {
      Class.forName(name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://head:7077",
        "spark://head:7077 --deploy-mode cluster",
        "spark://head:7077 --gpu",
        "yarn",
        "yarn --deploy-mode client",
        "yarn --gpu",
        KUBERNETES,
        KUBERNETES + " --deploy-mode client",
        KUBERNETES + " --gpu"
      })
  void everyPropertyIsOneThatSparkDeclares(String master) throws Exception {
    List<String> unknown =
        properties(words(master)).stream()
            .filter(key -> ConfigEntry$.MODULE$.findEntry(key) == null)
            .filter(key -> PREFIXES.stream().noneMatch(key::startsWith))
            .filter(key -> !OF_GPUS.contains(key))
            .toList();

    assertThat(unknown).isEmpty();
  }

  /** Spark has no list of prefixes; the classes that read them have the one or the other text. */
  @Test
  void thePrefixOfKubernetesIsSparksOwn() {
    assertThat(org.apache.spark.deploy.k8s.Config.KUBERNETES_DRIVER_ENV_PREFIX())
        .isEqualTo("spark.kubernetes.driverEnv.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark://head:7077 | client | io.nightjar.cli.Nightjar",
        "spark://head:7077 --deploy-mode cluster | cluster | org.apache.spark.deploy.ClientApp",
        "yarn --deploy-mode client | client | io.nightjar.cli.Nightjar",
        "yarn | cluster | org.apache.spark.deploy.yarn.YarnClusterApplication",
        KUBERNETES + " --deploy-mode client | client | io.nightjar.cli.Nightjar",
        KUBERNETES + " | cluster | org.apache.spark.deploy.k8s.submit.KubernetesClientApplication",
      })
  void sparkSubmitTakesTheCommandForWhatItIs(String master, String mode, String started)
      throws Exception {
    List<String> words = words(master);

    Map<String, String> none = Map$.MODULE$.empty();
    SparkSubmitArguments read =
        new SparkSubmitArguments(sequence(words), none.updated("HADOOP_CONF_DIR", work.toString()));

    assertThat(read.master()).isEqualTo(master.split(" ", -1)[0]);
    assertThat(read.mainClass()).isEqualTo("io.nightjar.cli.Nightjar");
    assertThat(JavaConverters.seqAsJavaList(read.childArgs()))
        .startsWith("evaluate", "--data", "s3a://factory/my data", "--out", "s3a://factory/out");

    Tuple4<Seq<String>, Seq<String>, SparkConf, String> environment = prepared(read);
    assertThat(environment._4()).isEqualTo(started);
    assertThat(environment._3().get("spark.submit.deployMode")).isEqualTo(mode);
    assertThat(environment._3().get("spark.scheduler.mode")).isEqualTo("FAIR");
  }

  /** The types of Scala's sequences differ between its versions. */
  @SuppressWarnings("unchecked")
  private static Tuple4<Seq<String>, Seq<String>, SparkConf, String> prepared(
      SparkSubmitArguments read) {
    Object environment =
        new SparkSubmit().prepareSubmitEnvironment(read, Option.apply(new Configuration(false)));
    return (Tuple4<Seq<String>, Seq<String>, SparkConf, String>) environment;
  }

  private static scala.collection.immutable.Seq<String> sequence(List<String> words) {
    return JavaConverters.asScalaBuffer(words).toList();
  }

  private static List<String> properties(List<String> words) {
    List<String> properties = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).equals("--conf")) {
        properties.add(words.get(i).substring(0, words.get(i).indexOf('=')));
      }
    }
    assertThat(properties).isNotEmpty();
    return properties;
  }

  /** The line of Spark whose jar was built before these tests. */
  private static String built() {
    String folder =
        Path.of(System.getProperty("nightjar.spark.jar")).getParent().getFileName().toString();
    return folder.equals("target") ? "3.5" : folder.substring("spark-".length());
  }

  /** The arguments of spark-submit. */
  private List<String> words(String master) throws Exception {
    Path jar = Files.writeString(work.resolve("nightjar.jar"), "");
    List<String> line = new ArrayList<>();
    line.add(Command.script("nightjar-submit").toString());
    line.addAll(List.of("--print", "--jar", jar.toString(), "--master"));
    line.addAll(List.of(master.split(" ", -1)));
    line.addAll(List.of("--status", "s3a://factory/night.json", "--", "evaluate"));
    line.addAll(List.of("--data", "s3a://factory/my data", "--out", "s3a://factory/out"));
    Command printed =
        Command.run(
            work, java.util.Map.of("SPARK_HOME", "/opt/spark", "NIGHTJAR_SPARK", built()), line);
    assertThat(printed.exitCode()).as(printed.err()).isZero();
    Command split =
        Command.run(
            work,
            java.util.Map.of(),
            List.of("bash", "-c", "printf '%s\\n' " + printed.out().strip().replace("\n", " ")));
    return split.out().lines().skip(1).collect(Collectors.toList());
  }
}
