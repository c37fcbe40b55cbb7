package io.nightjar.table;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.decision.DecisionSettings;
import io.nightjar.error.InvalidInputException;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a task needs to know; sent with its function. Names no class that a client of Spark Connect
 * has not.
 *
 * @param bank the bank's folder with or without a version
 * @param sha256 of its manifest; empty while the bank is opened
 * @param weights where the network's weights are
 * @param decisions on images, and which regions of them are found
 * @param hadoop settings of file systems that Spark does not hand to tasks, which may be secret
 */
record ScorerSettings(
    String bank,
    String sha256,
    String weights,
    int batchImages,
    int neighbours,
    double smoothing,
    ImageScoreKind imageScore,
    DecisionSettings decisions,
    DeviceRequest device,
    TreeMap<String, String> hadoop)
    implements Serializable {
  private static final long serialVersionUID = 3L;
  private static final Pattern VERSION = Pattern.compile("@\\d{1,9}$");
  private static final int DEFAULT_BATCH_IMAGES = 8;

  static ScorerSettings of(String bank, String weights, Map<String, String> hadoop) {
    if (bank.isBlank() || weights.isBlank()) {
      throw new InvalidInputException(
          Text.format(
              "The location of the %s is an empty string; name it.",
              bank.isBlank() ? "bank" : "weights"));
    }
    return new ScorerSettings(
        bank.strip(),
        "",
        weights.strip(),
        DEFAULT_BATCH_IMAGES,
        1,
        0,
        ImageScoreKind.MAX,
        DecisionSettings.NONE,
        DeviceRequest.AUTO,
        new TreeMap<>(hadoop));
  }

  ScorerSettings pinned(int version, String manifest) {
    String folder = VERSION.matcher(bank).replaceFirst("");
    return new ScorerSettings(
        folder + "@" + version,
        manifest,
        weights,
        batchImages,
        neighbours,
        smoothing,
        imageScore,
        decisions,
        device,
        hadoop);
  }

  ScorerSettings withBatchImages(int images) {
    return with(images, neighbours, smoothing, imageScore, decisions, device);
  }

  ScorerSettings withNeighbours(int rows) {
    return with(batchImages, rows, smoothing, imageScore, decisions, device);
  }

  ScorerSettings withSmoothing(double sigma) {
    return with(batchImages, neighbours, sigma, imageScore, decisions, device);
  }

  ScorerSettings withImageScore(ImageScoreKind kind) {
    return with(batchImages, neighbours, smoothing, kind, decisions, device);
  }

  ScorerSettings withDecisions(DecisionSettings changed) {
    return with(batchImages, neighbours, smoothing, imageScore, changed, device);
  }

  ScorerSettings withDevice(DeviceRequest request) {
    return with(batchImages, neighbours, smoothing, imageScore, decisions, request);
  }

  /** With the same bank, weights and file systems. */
  private ScorerSettings with(
      int images,
      int rows,
      double sigma,
      ImageScoreKind kind,
      DecisionSettings deciding,
      DeviceRequest request) {
    return new ScorerSettings(
        bank, sha256, weights, images, rows, sigma, kind, deciding, request, hadoop);
  }

  /** Without the settings of file systems, since plans and logs show functions. */
  @Override
  public String toString() {
    return Text.format("bank %s, weights %s", bank, weights);
  }
}
