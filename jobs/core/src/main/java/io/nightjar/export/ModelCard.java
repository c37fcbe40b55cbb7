package io.nightjar.export;

import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.score.MapAverage;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an exported file is, for people (a page in Markdown) and in the file itself. */
final class ModelCard {
  private static final String UNKNOWN = "not recorded";

  private final StoredBank bank;
  private final ExportOptions options;
  private final Optional<Calibration> calibration;
  private final String creator;
  private final double loss;

  /**
   * @param creator the program and its version
   * @param loss the largest distance of a row from what the file has of it
   */
  ModelCard(
      StoredBank bank,
      ExportOptions options,
      Optional<Calibration> calibration,
      String creator,
      double loss) {
    this.bank = bank;
    this.options = options;
    this.calibration = calibration;
    this.creator = creator;
    this.loss = loss;
  }

  /** For the model file, by names that begin with {@code nightjar.}. */
  Map<String, String> metadata() {
    BankManifest manifest = bank.manifest();
    BankBackbone backbone = manifest.backbone();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("nightjar.creator", creator);
    metadata.put("nightjar.bank.category", manifest.category());
    metadata.put("nightjar.bank.version", String.valueOf(manifest.version()));
    metadata.put("nightjar.bank.manifest_sha256", bank.sha256());
    metadata.put("nightjar.weights.sha256", backbone.weightsSha256());
    metadata.put("nightjar.architecture", backbone.architecture());
    metadata.put("nightjar.image_sizes", backbone.sizes());
    metadata.put("nightjar.neighbours", String.valueOf(options.neighbours()));
    metadata.put("nightjar.smoothing", String.valueOf(options.smoothing()));
    metadata.put("nightjar.image_score", options.imageScore().id());
    metadata.put("nightjar.rows.precision", options.precision().id());
    metadata.put("nightjar.rows.largest_loss", String.valueOf(loss));
    calibration.ifPresent(
        own -> {
          metadata.put("nightjar.calibration.images", String.valueOf(own.scores().length));
          own.decision()
              .ifPresent(
                  decision -> {
                    metadata.put(
                        "nightjar.false_alarm_rate", String.valueOf(decision.falseAlarmRate()));
                    metadata.put("nightjar.image_score_limit", String.valueOf(decision.limit()));
                  });
        });
    return metadata;
  }

  /**
   * The page.
   *
   * @param file name of the model file
   * @param bytes its length
   * @param sha256 of its bytes
   * @param rows the file of the bank's rows; empty where the model file has them
   */
  String page(String file, long bytes, String sha256, Optional<ExternalRows> rows) {
    StringBuilder page = new StringBuilder();
    page.append(Text.format("# %s\n\n", bank.manifest().category()))
        .append("Anomaly detection by nearest neighbours of patch features as one ONNX file")
        .append(" (opset 18, standard operators).\n");
    table(page, "File", file(file, bytes, sha256, rows));
    table(page, "Bank", bank());
    table(page, "Network", network());
    table(page, "Method", method());
    table(page, "Decision", decision());
    table(page, "Licences", licences());
    return page.toString();
  }

  private static void table(StringBuilder page, String title, Map<String, String> lines) {
    page.append(Text.format("\n## %s\n\n| | |\n|---|---|\n", title));
    lines.forEach(
        (name, value) ->
            page.append(Text.format("| %s | %s |\n", name, value.replace("|", "\\|"))));
  }

  private Map<String, String> file(
      String file, long bytes, String sha256, Optional<ExternalRows> rows) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("model", Text.format("`%s`, %d bytes, SHA-256 `%s`", file, bytes, sha256));
    rows.ifPresent(
        data ->
            lines.put(
                "rows of the bank",
                Text.format("`%s`, which must be in the same folder", data.name())));
    lines.put("written by", creator);
    return lines;
  }

  private Map<String, String> bank() {
    BankManifest manifest = bank.manifest();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "identity",
        Text.format(
            "%s, version %d, SHA-256 of the manifest `%s`",
            manifest.category(), manifest.version(), bank.sha256()));
    lines.put("place", bank.location().toString());
    lines.put("created", Text.format("%s by %s", manifest.created(), manifest.creator()));
    lines.put(
        "images",
        Text.format(
            "%d normal images of %s",
            manifest.images().size(), String.join(", ", manifest.locations())));
    lines.put("rows", Text.format("%d of %d values", manifest.rows(), manifest.dimension()));
    manifest
        .coreset()
        .ifPresent(
            coreset ->
                lines.put(
                    "coreset", Text.format("%s, ratio %s", coreset.method(), coreset.ratio())));
    lines.put(
        "principal components",
        Text.format(
            "%.2f %% of the variance of %d images",
            100 * manifest.pca().explainedVariance(), manifest.pca().fittedOnImages()));
    ComponentRule rule = manifest.pca().rule();
    rule.limit()
        .ifPresent(
            most ->
                lines.put(
                    "limit of the components",
                    Text.format("%d of each network and image size", most)));
    if (!rule.weights().isNone()) {
      lines.put("weights of the stages", rule.weights().id());
    }
    manifest.position().ifPresent(place -> lines.put("position", place.describe()));
    manifest
        .whiteLevel()
        .ifPresent(
            level ->
                lines.put(
                    "white level",
                    Text.format(
                        "%d in images of more than 8 bits, which become `round(255 v / %d)`",
                        level, level)));
    return lines;
  }

  private Map<String, String> network() {
    BankBackbone backbone = bank.manifest().backbone();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "architecture",
        Text.format(
            "%s, stages %s, %s pixels, grid %s",
            backbone.architecture(),
            backbone.layers().stream().map(String::valueOf).collect(Collectors.joining(", ")),
            backbone.sizes(),
            backbone.grid()));
    lines.put("weights", backbone.weightsSource());
    lines.put("SHA-256 of the weights", Text.format("`%s`", backbone.weightsSha256()));
    return lines;
  }

  private Map<String, String> method() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "distance of a patch",
        Text.format(
            "mean Euclidean distance from the nearest %s",
            Text.counted(options.neighbours(), "row", "rows")));
    lines.put(
        "smoothing",
        options.smoothing() == 0
            ? "none"
            : Text.format("sigma of %s pixels of the network's input", options.smoothing()));
    lines.put("`image_score`", options.imageScore().id());
    lines.put(
        "numbers of the rows",
        options.precision() == RowPrecision.FP32
            ? "fp32, as the bank has them"
            : Text.format(
                "fp16: rounding moves a row by at most %.3g, so no distance changes by more",
                loss));
    return lines;
  }

  private Map<String, String> decision() {
    if (calibration.isEmpty()) {
      return Map.of("calibration", "none: the file gives no p-value and no verdict");
    }
    float[] scores = calibration.get().scores();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "calibration",
        Text.format(
            "the scores of %d images of the bank, each against the bank without its own rows",
            scores.length));
    lines.put("smallest p-value", Text.format("1/%d", scores.length + 1));
    double[] values = new double[scores.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores[i];
    }
    lines.put("their median", Text.format("%.4f", MapAverage.median(values)));
    Optional<Calibration.Decision> decided = calibration.get().decision();
    lines.put(
        "false alarm rate",
        decided.map(rate -> String.valueOf(rate.falseAlarmRate())).orElse("none: no verdict"));
    decided.ifPresent(
        rate -> lines.put("anomalous", Text.format("where the score is above %s", rate.limit())));
    return lines;
  }

  private Map<String, String> licences() {
    BankBackbone backbone = bank.manifest().backbone();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "weights",
        WeightFiles.licence(backbone.weightsSha256())
            .orElse(UNKNOWN + ": that of the file that is named above"));
    lines.put(
        "images of the bank",
        UNKNOWN
            + ": the rows are features of the images above, and their terms decide what may be done"
            + " with them");
    lines.put("Nightjar", "Apache License 2.0");
    return lines;
  }
}
