package io.nightjar.report;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.quarantined;
import static io.nightjar.report.SampleReports.report;
import static io.nightjar.report.SampleReports.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private static final EvaluationReport FULL =
      new EvaluationReport(
          run("random weights"),
          List.of(
              category(
                  "bottle", 0.7889123456789012, quarantined(2).toArray(QuarantinedFile[]::new)),
              category(
                  "a,\"b\"\n", SampleMetrics.without("no defects"), List.of(), List.of("odd"))),
          List.of(new FailedCategory("cable", "too many bad files", quarantined(3))));

  @Test
  void writesTheFieldsOfACategoryInOrder() throws Exception {
    JsonNode bottle = parse(JsonReport.metrics(FULL)).get("categories").get(0);

    assertThat(bottle.fieldNames())
        .toIterable()
        .containsExactly(
            "category",
            "train_images",
            "test_images",
            "quarantined",
            "components",
            "bank_rows",
            "pixel_auprc",
            "pixel_auprc_trapezoid",
            "pixel_auroc",
            "image_auroc",
            "resolution",
            "seconds");
    assertThat(bottle.get("quarantined").asInt()).isEqualTo(2);
    assertThat(bottle.get("bank_rows").asLong()).isEqualTo(163_856);
  }

  @Test
  void roundsNothing() {
    assertThat(JsonReport.metrics(FULL)).contains("\"pixel_auprc\" : 0.7889123456789012");
  }

  @Test
  void writesNullAndTheReasonForAnAbsentMetric() throws Exception {
    JsonNode second = parse(JsonReport.metrics(FULL)).get("categories").get(1);

    assertThat(second.get("pixel_auprc").isNull()).isTrue();
    assertThat(second.get("pixel_auprc_reason").asText()).isEqualTo("no defects");
  }

  @Test
  void averagesOverTheCategoriesThatHaveAMetric() throws Exception {
    JsonNode mean =
        parse(
                JsonReport.metrics(
                    report(
                        category("a", 0.5),
                        category("b", 0.75),
                        category("c", SampleMetrics.without("none"), List.of(), List.of()))))
            .get("mean");

    assertThat(mean.get("pixel_auprc").asDouble()).isEqualTo(0.625);
    assertThat(mean.get("pixel_auroc").asDouble()).isCloseTo(0.98637, within(1e-15));
  }

  @Test
  void listsFailuresWarningsAndQuarantinedFiles() throws Exception {
    JsonNode root = parse(JsonReport.metrics(FULL));

    assertThat(root.get("failed").get(0).get("category").asText()).isEqualTo("cable");
    assertThat(root.get("warnings").get(0).asText()).isEqualTo("random weights");
    assertThat(root.get("quarantined_files")).hasSize(5);
    assertThat(root.get("quarantined_files").get(0).get("path").asText())
        .isEqualTo("test/crack/000.png");
  }

  @Test
  void writesTheDetailsAndTimingsOfTheRun() throws Exception {
    JsonNode root = parse(JsonReport.run(FULL));

    assertThat(root.get("title").asText()).isEqualTo("Evaluation of MVTec AD");
    assertThat(root.get("options").get("backbone").asText()).isEqualTo("resnet50_v1");
    assertThat(root.get("git_commit").isNull()).isTrue();
    assertThat(root.get("seconds_by_stage").get("bottle").fieldNames())
        .toIterable()
        .containsExactly("embed train", "fit", "score");
  }

  @Test
  void readsBackWhatItWrote() {
    Map<String, String> curves =
        FULL.categories().stream()
            .collect(Collectors.toMap(CategoryResult::category, JsonReport::curves));

    assertThat(JsonReport.read(JsonReport.metrics(FULL), JsonReport.run(FULL), curves))
        .isEqualTo(FULL);
  }

  @Test
  void namesTheFieldThatAReportLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReport.read("{}", "{}", Map.of()))
        .withMessageContaining("quarantined_files");
  }

  @Test
  void namesTheFileThatIsNoJson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReport.read("{", "{}", Map.of()))
        .withMessageContaining("metrics.json");
  }

  @Test
  void refusesDetailsThatWouldHideItsOwnFields() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunInfo("title", List.of(), Map.of("seconds_by_stage", 1)))
        .withMessageContaining("seconds_by_stage");
  }

  @Test
  void writesCsvWithQuotedNamesAndEmptyCells() {
    assertThat(CsvReport.metrics(FULL))
        .isEqualTo(
            "category,train_images,test_images,quarantined,components,bank_rows,pixel_auprc,"
                + "pixel_auprc_trapezoid,pixel_auroc,image_auroc,resolution,seconds\r\n"
                + "bottle,209,83,2,167,163856,0.7889123456789012,0.7890123456789012,0.98637,1.0,"
                + "original,24.875\r\n"
                + "\"a,\"\"b\"\"\n\",209,83,0,167,163856,,0.7890123456789012,0.98637,1.0,"
                + "original,24.875\r\n");
  }

  private static JsonNode parse(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}
