package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.HdfsCluster;
import io.nightjar.testing.S3Server;
import io.nightjar.testing.SharedFiles;
import io.nightjar.testing.StandaloneCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole category bottle of MVTec AD with ImageNet weights, wherever runs and files can be:
 * every file of the results is that of one process on a local disk, bit for bit.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeCategoryTest {
  private Path work;
  private Results expected;

  @BeforeAll
  void inOneProcess(@TempDir Path directory) throws Exception {
    work = directory;
    Path out = work.resolve("expected");
    run(submission(), Map.of(), evaluate(local(), weights(), uri(out)));
    expected = Results.of(out).withoutChecksums();
    assertThat(expected.files()).containsKey("metrics.csv");
  }

  @Test
  void withItsDriverWhereItIsSubmitted() throws Exception {
    assertOnStandaloneCluster("client");
  }

  @Test
  void withItsDriverInTheCluster() throws Exception {
    assertOnStandaloneCluster("cluster");
  }

  private void assertOnStandaloneCluster(String mode) throws Exception {
    Path out = work.resolve(mode);
    String classPath =
        Files.readString(Path.of(System.getProperty("nightjar.cluster.classpath"))).strip();
    try (StandaloneCluster cluster =
        StandaloneCluster.start(
            Files.createDirectory(work.resolve("cluster-" + mode)), classPath, 2)) {
      Application jar =
          new Application(classPath, Path.of(System.getProperty("nightjar.spark.jar")));
      Map<String, String> properties = Map.of("spark.standalone.submit.waitAppCompletion", "true");
      Submission submission =
          new Submission(
              jar,
              Map.of(
                  "SPARK_HOME", cluster.home().toString(),
                  "SPARK_LOCAL_DIRS", cluster.local().toString()),
              List.of("--master", cluster.master(), "--deploy-mode", mode));

      run(submission, properties, evaluate(local(), weights(), uri(out)));
    }

    assertThat(Results.of(out).withoutChecksums()).isEqualTo(expected);
  }

  @Test
  void withAllFilesOnHdfs() throws Exception {
    try (HdfsCluster hdfs = HdfsCluster.start(work.resolve("hdfs"))) {
      assertWithAllFilesOn(hdfs.uri("/"), hdfs.hadoopProperties());
    }
  }

  @Test
  void withAllFilesOnS3() throws Exception {
    try (S3Server s3 = S3Server.start(work.resolve("s3"))) {
      assertWithAllFilesOn(s3.uri(""), s3.hadoopProperties());
    }
  }

  private void assertWithAllFilesOn(String root, Map<String, String> hadoop) throws Exception {
    Configuration configuration = new Configuration();
    hadoop.forEach(configuration::set);
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(root);
    Path fetched = work.resolve("from-" + place.toUri().getScheme());
    try (FileSystem files = FileSystem.newInstance(place.toUri(), configuration)) {
      files.copyFromLocalFile(hadoopPath(local() + "/bottle"), hadoopPath(root + "data/bottle"));
      files.copyFromLocalFile(hadoopPath(weights()), hadoopPath(root + "resnet50.safetensors"));
      Map<String, String> properties = new TreeMap<>();
      hadoop.forEach((key, value) -> properties.put("spark.hadoop." + key, value));

      run(
          submission(),
          properties,
          evaluate(root + "data", root + "resnet50.safetensors", root + "out"));

      files.copyToLocalFile(false, hadoopPath(root + "out"), hadoopPath(uri(fetched)), true);
    }
    assertThat(Results.of(fetched).withoutChecksums()).isEqualTo(expected);
  }

  private record Submission(
      Application application, Map<String, String> environment, List<String> arguments) {}

  private Submission submission() throws IOException {
    return new Submission(
        Application.of(work),
        Map.of("SPARK_LOCAL_DIRS", work.resolve("local").toString()),
        List.of("--master", "local[2]"));
  }

  private void run(Submission submission, Map<String, String> more, List<String> arguments)
      throws Exception {
    Map<String, String> properties = new TreeMap<>(SubmittedRun.properties());
    properties.put("spark.driver.memory", "2g");
    properties.put("spark.executor.memory", "2g");
    properties.putAll(more);
    try (SubmittedRun run =
        SubmittedRun.start(
            work,
            submission.application(),
            submission.environment(),
            submission.arguments(),
            properties,
            arguments)) {
      assertThat(run.await()).as(run.console()).isZero();
    }
  }

  private static List<String> evaluate(String data, String weights, String out) {
    return List.of(
        "evaluate",
        "--data",
        data,
        "--category",
        "bottle",
        "--weights",
        weights,
        "--backbone",
        "resnet50_v1",
        "--visualizations",
        "1",
        "--out",
        out);
  }

  private static String local() {
    return uri(SharedFiles.mvtecAd());
  }

  private static String weights() {
    return uri(SharedFiles.resnet50V1Weights());
  }

  private static String uri(Path path) {
    return path.toUri().toString().replaceFirst(File.separator + "$", "");
  }

  private static org.apache.hadoop.fs.Path hadoopPath(String uri) {
    return new org.apache.hadoop.fs.Path(uri);
  }
}
