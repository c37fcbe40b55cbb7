package io.nightjar.cli.doctor;

import io.nightjar.backbone.engine.OnnxRuntime;
import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.doctor.Check;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Finding;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.linalg.LinearAlgebra;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.util.VersionInfo;
import scala.util.Properties;

/** The versions of what runs here, against those that this build was made for. */
public final class VersionsCheck implements Check {
  private static final int OLDEST_JAVA = 17;

  private final String spark;
  private final String scala;
  private final int java;

  /**
   * Of any versions.
   *
   * @param spark that runs
   * @param scala that runs
   * @param java the feature release that runs
   */
  VersionsCheck(String spark, String scala, int java) {
    this.spark = spark;
    this.scala = scala;
    this.java = java;
  }

  /** Of this process. */
  public static Check here() {
    return findings ->
        new VersionsCheck(
                org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                Properties.versionNumberString(),
                Runtime.version().feature())
            .run(findings);
  }

  @Override
  public void run(Consumer<Finding> findings) {
    Map<String, Object> built = BuildInfo.versions();
    findings.accept(
        new Finding.Ok(
            "nightjar",
            Text.format("%s of commit %s.", BuildInfo.version(), BuildInfo.commit()),
            Map.of("version", BuildInfo.version(), "commit", BuildInfo.commit())));
    findings.accept(java(built));
    findings.accept(spark(String.valueOf(built.get("spark"))));
    Map<String, Object> libraries = new LinkedHashMap<>();
    libraries.put("hadoop", orReason(VersionInfo::getVersion));
    libraries.put("djl", built.get("djl"));
    libraries.put("onnxruntime", orReason(OnnxRuntime::version));
    libraries.put("onednn", OneDnn.isForThisPlatform() ? OneDnn.description() : "no oneDNN");
    libraries.put("openblas", orReason(LinearAlgebra::nativeDescription));
    libraries.put("openblas_and_javacpp_artifact", built.get("openblas"));
    findings.accept(
        new Finding.Ok(
            "libraries",
            Text.format(
                "Hadoop %s, DJL %s, ONNX Runtime %s, %s, %s (artifact %s).",
                libraries.get("hadoop"),
                libraries.get("djl"),
                libraries.get("onnxruntime"),
                libraries.get("onednn"),
                libraries.get("openblas"),
                libraries.get("openblas_and_javacpp_artifact")),
            libraries));
  }

  private Finding java(Map<String, Object> built) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("version", built.get("java"));
    figures.put("vendor", System.getProperty("java.vendor"));
    figures.put("os", built.get("os"));
    String sentence = Text.format("%s on %s.", built.get("java"), built.get("os"));
    int newest = BuildInfo.newestJava();
    return java >= OLDEST_JAVA && java <= newest
        ? new Finding.Ok("java", sentence, figures)
        : new Finding.Note(
            "java",
            Text.format(
                "%s Nightjar for Spark %s is run on Java %s.",
                sentence,
                minor(String.valueOf(built.get("spark"))),
                newest == OLDEST_JAVA ? newest : OLDEST_JAVA + " to " + newest),
            Text.format("Use a JDK %d (JAVA_HOME) where something does not work.", newest),
            figures);
  }

  private Finding spark(String built) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("version", spark);
    figures.put("built_for", built);
    figures.put("scala", scala);
    String sentence = Text.format("Spark %s with Scala %s.", spark, scala);
    if (!scala.startsWith(BuildInfo.scala() + ".") || !minor(spark).equals(minor(built))) {
      return new Finding.Problem(
          "spark",
          Text.format(
              "%s This build is for Spark %s with Scala %s.",
              sentence, minor(built), BuildInfo.scala()),
          "Use a Spark of that version (SPARK_HOME), or build Nightjar for another.",
          figures);
    }
    return new Finding.Ok("spark", sentence, figures);
  }

  /** Such as 3.5 of 3.5.7. */
  private static String minor(String version) {
    return version.replaceFirst("^(\\p{Nd}+\\.\\p{Nd}+).*$", "$1");
  }

  /** What a library says of itself; one that does not load is a finding of its own elsewhere. */
  private static String orReason(Supplier<String> version) {
    try {
      String text = version.get();
      return text.isEmpty() ? "not loaded" : text;
    } catch (RuntimeException | LinkageError e) {
      return "not loaded (" + Examination.reason(e) + ")";
    }
  }
}
