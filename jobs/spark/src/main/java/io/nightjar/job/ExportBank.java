package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.WeightPlaces;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.export.BankExport;
import io.nightjar.export.Calibration;
import io.nightjar.export.ExportFiles;
import io.nightjar.export.ExportOptions;
import io.nightjar.export.RowPrecision;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.decision.BankCalibration;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.run.ActionLog;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.metric.decision.ConformalScores;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a stored bank with its network as one ONNX file of standard operators, which takes an
 * image of any size and gives its map, its scores, its p-value and the verdict, as {@link
 * ScoreImages} does; and a card next to it. No Spark job runs.
 *
 * <pre>{@code
 * ExportBank.Result result =
 *     new ExportBank(configuration)
 *         .bank("s3a://factory/banks/bottle")
 *         .falseAlarmRate(0.01)
 *         .out("bottle.onnx")
 *         .execute();
 * }</pre>
 */
public final class ExportBank {
  private static final Logger LOG = LoggerFactory.getLogger(ExportBank.class);

  /** A bank's own images are compared with their nearest rows. */
  private static final int OWN_NEIGHBOURS = 1;

  /** So that a mirror at each end of an axis holds all that a pixel takes part in. */
  private static final int SMOOTHING_TO_SIZE = 4;

  /** What is written. */
  public enum Format {
    /** One graph of the Open Neural Network Exchange, of standard operators. */
    ONNX
  }

  private final Configuration configuration;
  private Optional<String> bank = Optional.empty();
  private Optional<String> out = Optional.empty();
  private Optional<String> weights = Optional.empty();
  private Optional<String> weightsSha256 = Optional.empty();
  private Optional<BackboneModel> model = Optional.empty();
  private Format format = Format.ONNX;
  private int neighbours = ExportOptions.DEFAULT.neighbours();
  private MapOptions map = MapOptions.DEFAULT;
  private RowPrecision precision = ExportOptions.DEFAULT.precision();
  private OptionalDouble falseAlarmRate = OptionalDouble.empty();
  private boolean overwrite;

  /**
   * What was written.
   *
   * @param files the model file, its card, and the bank's rows where they are on their own
   * @param calibrationImages images whose scores give p-values; 0 where the file gives none
   * @param withoutPValue why the file gives no p-value, a sentence; empty where it does
   */
  public record Result(
      BankExport.Written files, int calibrationImages, Optional<String> withoutPValue) {}

  /**
   * Creates an export with default options; nothing is read before {@link #execute}.
   *
   * @param configuration names the file systems and their keys
   */
  public ExportBank(Configuration configuration) {
    this.configuration = Objects.requireNonNull(configuration, "configuration");
  }

  /**
   * Sets the bank.
   *
   * @param location the folder of one bank; {@code URI} or {@code URI@VERSION}
   * @return this action
   */
  public ExportBank bank(String location) {
    this.bank = Optional.of(location);
    return this;
  }

  /**
   * Sets where the weights are that the bank was built with; without this, they are read from where
   * the bank says that they came from.
   *
   * @param location as in {@link WeightFiles#load}
   * @param sha256 the hash that the file must have; empty where it is only compared with the bank's
   * @return this action
   */
  public ExportBank weights(String location, Optional<String> sha256) {
    this.weights = Optional.of(location);
    this.weightsSha256 = sha256;
    return this;
  }

  /**
   * Sets the network that the bank was built with, in place of its weights.
   *
   * @param network with its weights
   * @return this action
   */
  public ExportBank backbone(BackboneModel network) {
    this.model = Optional.of(network);
    return this;
  }

  /**
   * Sets the model file; its card, and a bank of more than 1 GiB, are written next to it.
   *
   * @param file on any Hadoop file system
   * @return this action
   */
  public ExportBank out(String file) {
    this.out = Optional.of(file);
    return this;
  }

  /**
   * Sets what is written.
   *
   * @param kind of file
   * @return this action
   */
  public ExportBank format(Format kind) {
    this.format = kind;
    return this;
  }

  /**
   * Sets the number of nearest rows whose mean distance is the score of a patch.
   *
   * @param rows at least 1; other numbers than 1 have no p-value
   * @return this action
   */
  public ExportBank neighbours(int rows) {
    this.neighbours = rows;
    return this;
  }

  /**
   * Sets how distances become maps, and which score of an image decides.
   *
   * @param options smoothing, at most a quarter of the network's input, and kind of image score
   * @return this action
   */
  public ExportBank options(MapOptions options) {
    this.map = options;
    return this;
  }

  /**
   * Sets the numbers that the bank's rows are stored in.
   *
   * @param rows of the file
   * @return this action
   */
  public ExportBank precision(RowPrecision rows) {
    this.precision = rows;
    return this;
  }

  /**
   * Adds the verdict at a rate.
   *
   * @param rate the fraction of normal images that may be called anomalous, in (0, 1)
   * @return this action
   */
  public ExportBank falseAlarmRate(double rate) {
    this.falseAlarmRate = OptionalDouble.of(rate);
    return this;
  }

  /**
   * Replaces files that are there already.
   *
   * @param replace whether to replace them
   * @return this action
   */
  public ExportBank overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * Writes the files.
   *
   * @return what was written
   * @throws InvalidInputException if the bank or the weights cannot be used, the bank cannot
   *     promise the rate, or a file is there already
   */
  public Result execute() {
    if (bank.isEmpty() || out.isEmpty()) {
      throw new InvalidInputException("Name the bank and the file to write.");
    }
    return ActionLog.of(
        LOG,
        "ExportBank",
        describe(),
        this::export,
        result -> result.files().modelBytes() + " bytes written to " + result.files().model());
  }

  /** Of each network the file of its weights. */
  private static void places(
      BankBackbone backbone, String weights, String what, InputPlaces inputs) {
    WeightPlaces.of(backbone.spec().architectures(), weights, Optional.empty())
        .locations()
        .forEach(file -> inputs.folder(what, file));
  }

  private Result export() {
    DecisionRates rates =
        new DecisionRates(falseAlarmRate, OptionalDouble.empty(), OptionalDouble.empty());
    BankLocation location = BankLocation.parse(bank.orElseThrow());
    InputPlaces inputs = new InputPlaces(configuration).folder("--bank", location.uri());
    inputs.requireApart("--out", out.orElseThrow());
    ExportFiles files = new ExportFiles(out.orElseThrow(), configuration);
    StoredBank stored = StoredBank.open(location, configuration);
    BankBackbone backbone = stored.manifest().backbone();
    weights.ifPresent(given -> places(backbone, given, "--weights", inputs));
    places(backbone, backbone.weightsSource(), "the bank's weights", inputs);
    inputs.requireApart("--out", out.orElseThrow());
    files.requireFree(overwrite);
    requireExportable(stored);
    Optional<ConformalScores> own = calibration(stored, rates);
    BackboneModel network =
        model.orElseGet(() -> BankNetwork.load(backbone, weights, weightsSha256, configuration));
    stored.requireFits(network);
    stored.requireFiles();
    BankExport.Written written =
        new BankExport(
                stored,
                network,
                new ExportOptions(neighbours, map.smoothing(), map.imageScore(), precision),
                own.map(this::calibration),
                BuildInfo.creator())
            .write(files);
    return new Result(
        written,
        own.map(ConformalScores::size).orElse(0),
        own.isPresent() ? Optional.empty() : Optional.of(absence(stored)));
  }

  private Calibration calibration(ConformalScores own) {
    return new Calibration(
        own.ascending(),
        falseAlarmRate.isPresent()
            ? Optional.of(
                new Calibration.Decision(
                    falseAlarmRate.getAsDouble(), own.limit(falseAlarmRate.getAsDouble())))
            : Optional.empty());
  }

  private void requireExportable(StoredBank stored) {
    BankBackbone backbone = stored.manifest().backbone();
    if (Precision.parse(backbone.precision()) != Precision.FP32) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s was built with --precision %s, in which devices round differently; the"
                  + " file would not have its scores. Export a bank that was built with fp32.",
              stored.location(), backbone.precision()));
    }
    stored.requireWholeImages("a file");
    Size input = backbone.spec().imageSize();
    int most = Math.min(input.height(), input.width()) / SMOOTHING_TO_SIZE;
    if (map.smoothing() > most) {
      throw new InvalidInputException(
          Text.format(
              "The option --smoothing is %s; a file smooths by at most a quarter of the image size,"
                  + " %d pixels.",
              map.smoothing(), most));
    }
    if (neighbours < 1) {
      throw new InvalidInputException(
          Text.format("The option --neighbours is %d; it must be 1 or more.", neighbours));
    }
  }

  /** The scores of the bank's own images, if images can be compared with them. */
  private Optional<ConformalScores> calibration(StoredBank stored, DecisionRates rates) {
    Optional<ConformalScores> own =
        neighbours == OWN_NEIGHBOURS
            ? BankCalibration.find(stored, map.imageScore(), configuration)
            : Optional.empty();
    if (rates.isAsked()) {
      ConformalScores scores = own.orElseThrow(() -> new InvalidInputException(absence(stored)));
      rates.requirePossible(scores.size(), stored.location().toString());
    }
    return own;
  }

  private String absence(StoredBank stored) {
    return neighbours == OWN_NEIGHBOURS
        ? BankCalibration.absence(stored)
        : Text.format(
            "The scores of the bank's own images are distances to their nearest rows, and"
                + " --neighbours is %d; p-values and the option --%s need 1.",
            neighbours, DecisionRates.FALSE_ALARMS);
  }

  /**
   * All that the export was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    bank.ifPresent(location -> given.put("bank", location));
    weights.ifPresent(location -> given.put("weights", location));
    weightsSha256.ifPresent(hash -> given.put("weights_sha256", hash));
    given.put("format", format.name());
    out.ifPresent(file -> given.put("out", file));
    given.put("neighbours", neighbours);
    given.putAll(map.asMap());
    given.put("precision", precision.id());
    falseAlarmRate.ifPresent(rate -> given.put("false_alarm_rate", rate));
    given.put("overwrite", overwrite);
    return given;
  }
}
