package io.nightjar.report.json;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.quarantined;
import static io.nightjar.report.SampleReports.report;
import static io.nightjar.report.SampleReports.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.RunInfo;
import io.nightjar.report.SampleMetrics;
import io.nightjar.report.SampleReports;
import io.nightjar.report.table.CsvReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            "bank_categories",
            "pixels",
            "defective_pixels",
            "pixel_auprc",
            "pixel_auprc_lower",
            "pixel_auprc_upper",
            "pixel_auprc_trapezoid",
            "pixel_auroc",
            "aupro_0_30",
            "aupro_0_05",
            "aupimo",
            "pixel_best_f1",
            "pixel_best_f1_threshold",
            "pixel_fpr_at_95_tpr",
            "image_auroc",
            "image_ap",
            "image_best_f1",
            "image_best_f1_threshold",
            "pixel_auprc_ci95",
            "image_auroc_ci95",
            "pixel_auprc_exact",
            "bounds",
            "by_defect",
            "resolution",
            "seconds");
    assertThat(bottle.get("quarantined").asInt()).isEqualTo(2);
    assertThat(bottle.get("bank_rows").asLong()).isEqualTo(163_856);
  }

  @Test
  void roundsNothing() {
    assertThat(JsonReport.metrics(FULL))
        .contains(
            "\"pixel_auprc\" : 0.7889123456789012",
            "\"aupro_0_30\" : 0.9312345678901234",
            "\"pixel_best_f1_threshold\" : 12.345678901234567");
  }

  @Test
  void writesNullAndTheReasonForAnAbsentMetric() throws Exception {
    JsonNode second = parse(JsonReport.metrics(FULL)).get("categories").get(1);

    assertThat(second.get("pixel_auprc").isNull()).isTrue();
    assertThat(second.get("pixel_auprc_reason").asText()).isEqualTo("no defects");
  }

  @Test
  void writesTheBoundsOfWhatIsNotExact() throws Exception {
    JsonNode bottle = parse(JsonReport.metrics(FULL)).get("categories").get(0);

    assertThat(bottle.get("pixel_auprc_lower").asDouble())
        .isEqualTo(0.7889123456789012 - SampleMetrics.HALF_BIN);
    assertThat(bottle.get("pixel_auprc_upper").asDouble())
        .isEqualTo(0.7889123456789012 + SampleMetrics.HALF_BIN);
    assertThat(bottle.get("bounds").fieldNames())
        .toIterable()
        .containsExactly("pixel_auroc", "aupro_0_30");
    assertThat(bottle.get("bounds").get("aupro_0_30").get(1).asDouble())
        .isEqualTo(0.9312345678901234 + 1e-5);
    assertThat(bottle.get("pixel_auprc_exact").isBoolean()).isTrue();
  }

  @Test
  void writesAnIntervalOrWhyThereIsNone() throws Exception {
    JsonNode categories = parse(JsonReport.metrics(FULL)).get("categories");
    JsonNode interval = categories.get(0).get("image_auroc_ci95");

    assertThat(List.of(interval.get(0).asDouble(), interval.get(1).asDouble()))
        .containsExactly(0.96875, 1.0);
    assertThat(categories.get(1).get("pixel_auprc_ci95").isNull()).isTrue();
    assertThat(categories.get(1).get("pixel_auprc_ci95_reason").asText()).isEqualTo("no defects");
    assertThat(categories.get(1).get("image_auroc_ci95_reason").asText())
        .startsWith("no bootstrap was made");
  }

  @Test
  void writesTheFiguresOfEachKindOfDefect() throws Exception {
    JsonNode byDefect = parse(JsonReport.metrics(FULL)).get("categories").get(0).get("by_defect");

    assertThat(byDefect.fieldNames()).toIterable().containsExactly("contamination", "crack");
    assertThat(byDefect.get("crack").get("images").asInt()).isEqualTo(20);
    assertThat(byDefect.get("crack").get("pixel_auprc").asDouble()).isEqualTo(0.8125);
    assertThat(byDefect.get("contamination").get("image_auroc").isNull()).isTrue();
    assertThat(byDefect.get("contamination").get("image_auroc_reason").asText())
        .isEqualTo("no good image was tested");
  }

  @Test
  void writesGroupsItemsAndSaturatedOverlapWhereTheDataSetStatesThem() throws Exception {
    JsonNode can = parse(JsonReport.metrics(SampleReports.withGroups())).get("categories").get(0);

    assertThat(can.get("au_spro_0_30").asDouble()).isEqualTo(0.8125);
    assertThat(can.get("au_spro_0_05").asDouble()).isEqualTo(0.5625);
    assertThat(can.get("bounds").has("au_spro_0_30")).isTrue();
    assertThat(can.get("items").asInt()).isEqualTo(8);
    assertThat(can.get("defective_items").asInt()).isEqualTo(5);
    assertThat(can.get("item_auroc").asDouble()).isEqualTo(0.9375);
    JsonNode scores = can.get("by_image_score");
    assertThat(scores.fieldNames()).toIterable().containsExactly("max", "top3", "top1%");
    assertThat(scores.get("top3").get("image_auroc").asDouble()).isEqualTo(0.96875);
    assertThat(scores.get("top1%").get("image_auroc_reason").asText())
        .isEqualTo("No test image shows a defect");
    JsonNode decision = can.get("decision");
    assertThat(decision.get("false_alarms").asInt()).isEqualTo(1);
    assertThat(decision.get("false_alarm_rate_found").asDouble()).isEqualTo(0.05);
    assertThat(decision.get("detection_rate_reason").asText())
        .isEqualTo("no defective image was tested");
    assertThat(decision.get("bounds").has("pixel_false_positive_rate_found")).isTrue();
    JsonNode groups = can.get("by_group");
    assertThat(groups.fieldNames()).toIterable().containsExactly("C1", "C2");
    assertThat(groups.get("C1").fieldNames())
        .toIterable()
        .containsExactly(
            "images",
            "defective_images",
            "pixels",
            "pixel_auprc",
            "pixel_auroc",
            "aupro_0_30",
            "au_spro_0_30",
            "au_spro_0_05",
            "image_auroc",
            "image_ap",
            "bounds");
    assertThat(groups.get("C2").get("image_ap_reason").asText())
        .isEqualTo("No pixel lies inside of a defect");
    JsonNode mean = parse(JsonReport.metrics(SampleReports.withGroups())).get("mean");
    assertThat(mean.get("item_ap").asDouble()).isEqualTo(0.96875);
    for (String key : List.of("au_spro_0_30", "item_auroc", "by_group", "items")) {
      JsonNode root = parse(JsonReport.metrics(FULL));
      assertThat(root.get("categories").get(0).has(key)).as(key).isFalse();
      assertThat(root.get("mean").has(key)).as(key).isFalse();
    }
  }

  @Test
  void definesEveryFigureOnce() throws Exception {
    JsonNode root = parse(JsonReport.metrics(FULL));
    JsonNode definitions = root.get("definitions");
    List<String> figures = new ArrayList<>();
    root.get("categories").get(0).fieldNames().forEachRemaining(figures::add);
    figures.removeAll(
        List.of(
            "category",
            "train_images",
            "test_images",
            "quarantined",
            "components",
            "bank_rows",
            "bank_categories",
            "pixels",
            "defective_pixels",
            "resolution",
            "seconds"));

    assertThat(definitions.fieldNames()).toIterable().containsAll(figures);
    for (JsonNode definition : definitions) {
      assertThat(definition.get("definition").asText()).endsWith(".");
      assertThat(definition.get("formula").asText()).isNotEmpty();
      assertThat(definition.get("source").asText()).isNotEmpty();
    }
    assertThat(parse(JsonReport.run(FULL, List.of("run.json", "metrics.json"))).get("definitions"))
        .isEqualTo(definitions);
  }

  @Test
  void averagesNoThresholds() throws Exception {
    JsonNode mean = parse(JsonReport.metrics(FULL)).get("mean");

    assertThat(mean.get("image_ap").asDouble()).isEqualTo((0.9975 + 1) / 2);
    assertThat(mean.has("pixel_best_f1")).isTrue();
    assertThat(mean.has("pixel_best_f1_threshold")).isFalse();
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
    JsonNode root = parse(JsonReport.run(FULL, List.of("run.json", "metrics.json")));

    assertThat(root.get("title").asText()).isEqualTo("Evaluation of MVTec AD");
    assertThat(root.get("options").get("backbone").asText()).isEqualTo("resnet50_v1");
    assertThat(root.get("git_commit").isNull()).isTrue();
    assertThat(root.get("seconds_by_stage").get("bottle").fieldNames())
        .toIterable()
        .containsExactly("embed train", "fit", "score");
  }

  @Test
  void readsBackWhatItWrote() {
    assertThat(
            JsonReport.read(
                JsonReport.metrics(FULL),
                JsonReport.run(FULL, List.of("run.json", "metrics.json")),
                curves()))
        .isEqualTo(FULL);
    EvaluationReport grouped = SampleReports.withGroups();
    Map<String, String> curves = new LinkedHashMap<>();
    grouped.categories().forEach(c -> curves.put(c.category(), JsonReport.curves(c)));
    assertThat(
            JsonReport.read(
                JsonReport.metrics(grouped), JsonReport.run(grouped, List.of()), curves))
        .isEqualTo(grouped);
  }

  @Test
  void saysFirstWhichVersionOfItsFormatADocumentHas() throws Exception {
    for (String json :
        List.of(
            JsonReport.metrics(FULL), JsonReport.run(FULL, List.of("run.json", "metrics.json")))) {
      assertThat(parse(json).fieldNames().next()).isEqualTo("format_version");
      assertThat(parse(json).get("format_version").intValue()).isEqualTo(1);
    }
  }

  @Test
  void readsDocumentsFromBeforeTheyHadVersionsAndFromLaterPrograms() {
    String version = "  \"format_version\" : 1,\n";
    String metrics = JsonReport.metrics(FULL).replace(version, "");
    String run = JsonReport.run(FULL, List.of("run.json", "metrics.json")).replace(version, "");

    assertThat(metrics).doesNotContain("format_version");
    assertThat(JsonReport.read(metrics, run, curves())).isEqualTo(FULL);
    assertThat(JsonReport.read(metrics.replaceFirst("\\{", "{ \"more\" : [ 1 ],"), run, curves()))
        .isEqualTo(FULL);
  }

  @Test
  void refusesANewerFormat() {
    String newer =
        JsonReport.run(FULL, List.of("run.json", "metrics.json"))
            .replace("\"format_version\" : 1", "\"format_version\" : 2");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReport.read(JsonReport.metrics(FULL), newer, curves()))
        .withMessage(
            "run.json cannot be used: its format_version is 2, and this program reads versions up to"
                + " 1; use the Nightjar that wrote it, or a newer one");
  }

  @Test
  void namesTheFileAndTheFieldThatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReport.read("{}", "{}", Map.of()))
        .withMessage("metrics.json cannot be used: it lacks the field \"failed\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> readMetrics("\"seconds\"", "\"secs\""))
        .withMessage("metrics.json cannot be used: it lacks the field \"categories[0].seconds\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> readMetrics("\"images\" : 20", "\"pictures\" : 20"))
        .withMessage(
            "metrics.json cannot be used: it lacks the field"
                + " \"categories[0].by_defect.crack.images\"");
  }

  @Test
  void namesTheFieldThatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> readMetrics("\"train_images\" : 209", "\"train_images\" : \"many\""))
        .withMessageStartingWith(
            "metrics.json cannot be used: its field \"categories[0].train_images\" is wrong");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> readMetrics("\"resolution\" : \"original\"", "\"resolution\" : null"))
        .withMessage("metrics.json cannot be used: its field \"categories[0].resolution\" is null");
  }

  @Test
  void namesTheFileThatIsNoJson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonReport.read("{", "{}", Map.of()))
        .withMessageContaining("metrics.json cannot be used: it is not JSON")
        .withMessageEndingWith("(line 1, column 2)");
  }

  private static EvaluationReport readMetrics(String from, String to) {
    return JsonReport.read(
        JsonReport.metrics(FULL).replaceFirst(from, to),
        JsonReport.run(FULL, List.of("run.json", "metrics.json")),
        curves());
  }

  private static Map<String, String> curves() {
    return FULL.categories().stream()
        .collect(Collectors.toMap(CategoryResult::category, JsonReport::curves));
  }

  @Test
  void refusesDetailsThatWouldHideItsOwnFields() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunInfo("title", List.of(), Map.of("seconds_by_stage", 1)))
        .withMessageContaining("seconds_by_stage");
  }

  @Test
  void writesCsvWithTheScalarsOfJson() throws Exception {
    JsonNode bottle = parse(JsonReport.metrics(FULL)).get("categories").get(0);
    String[] lines = CsvReport.metrics(FULL).split("\r\n", -1);
    String[] columns = lines[0].split(",", -1);
    String[] cells = lines[1].split(",", -1);

    assertThat(cells).hasSameSizeAs(columns);
    for (int i = 0; i < columns.length; i++) {
      JsonNode value =
          columns[i].contains("_ci95_")
              ? bottle
                  .get(columns[i].replaceFirst("_(lower|upper)$", ""))
                  .get(columns[i].endsWith("_lower") ? 0 : 1)
              : bottle.get(columns[i]);
      assertThat(cells[i]).as(columns[i]).isEqualTo(value.asText());
    }
  }

  @Test
  void writesCsvWithQuotedNamesAndEmptyCells() {
    String odd = CsvReport.metrics(FULL).split("\r\n", -1)[2];

    assertThat(odd)
        .startsWith("\"a,\"\"b\"\"\n\",209,83,0,167,163856,67230000,0,,,,0.7890123456789012,")
        .endsWith(",,,,,true,original,24.875");
  }

  private static JsonNode parse(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }
}
