package io.nightjar.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Finding;
import io.nightjar.job.run.BuildInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
  void anotherSparkOrScalaIsAProblem() {
    assertThat(verdicts("3.5.1", "2.12.18", 17)).containsEntry("spark", "ok");
    assertThat(verdicts("3.4.7", "2.12.18", 17)).containsEntry("spark", "problem");
    assertThat(verdicts("4.0.0", "2.13.16", 17)).containsEntry("spark", "problem");
    assertThat(verdicts("3.5.7", "2.13.8", 17)).containsEntry("spark", "problem");
    assertThat(verdicts("3.5.7", "2.12.18", 21)).containsEntry("java", "note");
  }

  private static Map<String, String> verdicts(String spark, String scala, int java) {
    List<Finding> found = new ArrayList<>();
    new VersionsCheck(spark, scala, java).run(found::add);
    return found.stream().collect(Collectors.toMap(Finding::subject, Finding::verdict));
  }
}
