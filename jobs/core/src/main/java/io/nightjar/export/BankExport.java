package io.nightjar.export;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.text.Text;
import java.util.Optional;

/** Writes a stored bank with its network as one ONNX file. */
public final class BankExport {
  /** Rows of more bytes are in a file of their own: an ONNX file holds less than 2 GiB. */
  private static final long MOST_INLINE = 1L << 30;

  private final StoredBank bank;
  private final BackboneModel model;
  private final ExportOptions options;
  private final Optional<Calibration> calibration;
  private final String creator;
  private final long mostInline;
  private final int partRows;

  /**
   * What was written.
   *
   * @param model the model file, as it was named
   * @param modelBytes its length
   * @param card the page that describes it
   * @param data the file of the bank's rows; empty where the model file has them
   * @param dataBytes its length; 0 where there is none
   * @param largestLoss the largest distance of a row from what the file has of it; no distance of a
   *     patch changes by more
   */
  public record Written(
      String model,
      long modelBytes,
      String card,
      Optional<String> data,
      long dataBytes,
      double largestLoss) {}

  /**
   * An export; nothing is read or written yet.
   *
   * @param bank whose files are all there
   * @param model the network that the bank was built with
   * @param options how it compares and scores
   * @param calibration empty where the file is to give no p-value
   * @param creator the program and its version
   */
  public BankExport(
      StoredBank bank,
      BackboneModel model,
      ExportOptions options,
      Optional<Calibration> calibration,
      String creator) {
    this(bank, model, options, calibration, creator, MOST_INLINE, BankRows.PART);
  }

  BankExport(
      StoredBank bank,
      BackboneModel model,
      ExportOptions options,
      Optional<Calibration> calibration,
      String creator,
      long mostInline,
      int partRows) {
    this.bank = bank;
    this.model = model;
    this.options = options;
    this.calibration = calibration;
    this.creator = creator;
    this.mostInline = mostInline;
    this.partRows = partRows;
  }

  /**
   * Reads the bank and writes the files.
   *
   * @throws InvalidInputException if the bank has fewer rows than neighbours, a row exceeds the
   *     range of the format, or a file cannot be read or written
   */
  public Written write(ExportFiles files) {
    MemoryBank rows = bank.memoryBank();
    if (options.neighbours() > rows.rows()) {
      throw new InvalidInputException(
          Text.format(
              "Cannot average over k = %d neighbours in a memory bank of %d rows; choose k from 1 to %d",
              options.neighbours(), rows.rows(), rows.rows()));
    }
    BankRows encoded = new BankRows(rows, options.precision(), partRows);
    double loss = encoded.largestLoss();
    Optional<ExternalRows> external =
        encoded.bytes() > mostInline
            ? Optional.of(new ExternalRows(files.dataName(), encoded))
            : Optional.empty();
    ModelCard card = new ModelCard(bank, options, calibration, creator, loss);
    byte[] onnx =
        ExportedGraph.build(
            model, bank.reduction(), encoded, options, calibration, external, card.metadata());
    files.write(
        onnx, card.page(files.modelName(), onnx.length, Sha256.of(onnx), external), external);
    return new Written(
        files.location(),
        onnx.length,
        files.card().toString(),
        external.map(data -> files.data().toString()),
        external.map(ExternalRows::bytes).orElse(0L),
        loss);
  }
}
