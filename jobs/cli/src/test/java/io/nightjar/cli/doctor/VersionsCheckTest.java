package io.nightjar.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Finding;
import io.nightjar.job.run.BuildInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("smoke")
class VersionsCheckTest {
  @Test
  void whatRunsHereIsWhatItWasBuiltFor() throws Exception {
    List<Finding> found = new ArrayList<>();
    VersionsCheck.here().run(found::add);

    assertThat(found)
        .extracting(Finding::subject)
        .containsExactly("nightjar", "java", "spark", "libraries");
    assertThat(found.get(0).sentence()).contains(BuildInfo.version(), BuildInfo.commit());
    assertThat(found.get(2)).as(found.get(2).sentence()).isInstanceOf(Finding.Ok.class);
    assertThat(found.get(3).figures())
        .containsEntry("onnxruntime", BuildInfo.versions().get("onnxruntime"))
        .extractingByKey("hadoop")
        .asString()
        .startsWith("3.");
  }

  @Test
  void anotherSparkScalaOrJavaIsReported() {
    String spark = BuildInfo.versions().get("spark").toString();
    String patch = spark.substring(0, spark.lastIndexOf('.') + 1) + "99";
    String scala = BuildInfo.scala() + ".1";
    String otherScala = BuildInfo.scala().equals("2.12") ? "2.13.8" : "2.12.18";
    int java = BuildInfo.newestJava();

    assertThat(verdicts(patch, scala, java))
        .containsEntry("spark", "ok")
        .containsEntry("java", "ok");
    assertThat(verdicts(spark, scala, 17)).containsEntry("java", "ok");
    assertThat(verdicts("3.4.7", scala, java)).containsEntry("spark", "problem");
    assertThat(verdicts("5.0.0", scala, java)).containsEntry("spark", "problem");
    assertThat(verdicts(spark, otherScala, java)).containsEntry("spark", "problem");
    assertThat(verdicts(spark, scala, java + 1)).containsEntry("java", "note");
    assertThat(verdicts(spark, scala, 11)).containsEntry("java", "note");
  }

  private static Map<String, String> verdicts(String spark, String scala, int java) {
    List<Finding> found = new ArrayList<>();
    new VersionsCheck(spark, scala, java).run(found::add);
    return found.stream().collect(Collectors.toMap(Finding::subject, Finding::verdict));
  }
}
