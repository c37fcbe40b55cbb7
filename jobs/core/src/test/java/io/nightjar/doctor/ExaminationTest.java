package io.nightjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.json.JsonDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExaminationTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final List<Section> heard = new ArrayList<>();
  private final Examination examination = new Examination(heard::add);

  @Test
  void aCheckThatBreaksIsAFindingAndEndsNoOther() {
    examination.section(
        "first",
        LONG,
        findings -> {
          findings.accept(Finding.ok("a", "Fine."));
          throw new IllegalStateException("out of order");
        });
    examination.section(
        "second",
        LONG,
        findings -> {
          throw new NoClassDefFoundError("org/Missing");
        });
    examination.section("third", LONG, findings -> findings.accept(Finding.ok("c", "Fine.")));

    assertThat(examination.sections()).isEqualTo(heard);
    assertThat(verdicts()).containsExactly("ok", "problem", "problem", "ok");
    assertThat(heard.get(0).findings().get(1).sentence())
        .isEqualTo("The check itself broke: IllegalStateException: out of order.");
    assertThat(heard.get(1).findings().get(0).sentence())
        .isEqualTo("The check itself broke: NoClassDefFoundError: org/Missing.");
  }

  @Test
  void whatWasFoundBeforeACheckHangsIsKept() {
    examination.section(
        "slow",
        Duration.ofMillis(500),
        findings -> {
          findings.accept(Finding.ok("a", "Fine."));
          new CountDownLatch(1).await();
        });

    assertThat(verdicts()).containsExactly("ok", "problem");
    assertThat(heard.get(0).findings().get(1).sentence()).contains("within 500 ms");
  }

  @Test
  void theReportCountsAndIsADocument() {
    examination.section(
        "s3a://key:word@bucket/a",
        LONG,
        findings -> {
          findings.accept(Finding.ok("a", "Fine."));
          findings.accept(Finding.note("b", "Slow.", "Wait."));
          findings.accept(
              new Finding.Problem("c", "Broken.", "Mend it.", Map.of("limit_seconds", 0.5)));
        });
    DoctorReport report =
        new DoctorReport(
            Instant.parse("2026-02-21T10:00:00.123456Z"), "nightjar 1", "node-7", heard);

    assertThat(report.summary())
        .isEqualTo("1 problem, 1 note, 1 ok: mend the problems above first.");
    assertThat(report.isHealthy()).isFalse();
    JsonDocument document = JsonDocument.parse(report.toJson());
    assertThat(document.version()).isEqualTo(1);
    assertThat(document.text("created")).isEqualTo("2026-02-21T10:00:00.123Z");
    assertThat(document.text("verdict")).isEqualTo("problem");
    JsonDocument section = document.children("sections").get(0);
    assertThat(section.text("name")).isEqualTo("s3a://bucket/a");
    assertThat(section.children("findings").get(0).isNull("remedy")).isTrue();
    assertThat(section.children("findings").get(2).text("remedy")).isEqualTo("Mend it.");
    assertThat(section.children("findings").get(2).child("figures").number("limit_seconds"))
        .hasValue(0.5);
  }

  @Test
  void withoutProblemsNothingIsInTheWay() {
    examination.section("a", LONG, findings -> findings.accept(Finding.note("b", "c", "d")));
    DoctorReport report = new DoctorReport(Instant.EPOCH, "nightjar 1", "node-7", heard);

    assertThat(report.isHealthy()).isTrue();
    assertThat(JsonDocument.parse(report.toJson()).text("verdict")).isEqualTo("note");
  }

  @Test
  void theTextWrapsAtWordsAndNamesProblemsLoudly() {
    examination.section(
        "disks",
        LONG,
        findings -> findings.accept(Finding.problem("temporary", "word ".repeat(30), "Mend it.")));

    String text = DoctorText.of(heard.get(0));

    assertThat(text).startsWith("\ndisks\n  PROBLEM  temporary: word").endsWith("-> Mend it.\n");
    assertThat(text.lines()).hasSize(5).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  private List<String> verdicts() {
    return heard.stream()
        .flatMap(section -> section.findings().stream())
        .map(Finding::verdict)
        .toList();
  }
}
