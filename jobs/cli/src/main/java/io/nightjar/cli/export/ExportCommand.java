package io.nightjar.cli.export;

import io.nightjar.cli.options.BankWeights;
import io.nightjar.cli.options.Choice;
import io.nightjar.cli.options.MapArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.settings.DescribedCommand;
import io.nightjar.export.BankExport;
import io.nightjar.export.RowPrecision;
import io.nightjar.job.ExportBank;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Writes a stored bank with its network as one ONNX file.
 *
 * <p>Input: one bank, and the weights that it was built with. Output: the model file, a card that
 * says what it is, and for a bank of more than 1 GiB a file of its rows.
 *
 * <pre>{@code
 * nightjar export --bank banks/bottle --out bottle.onnx --false-alarm-rate 0.01
 * }</pre>
 */
@Command(
    name = "export",
    description = "Writes a stored bank with its network as one ONNX file that scores images.",
    sortOptions = false)
public final class ExportCommand implements Callable<Integer>, DescribedCommand {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description = "One bank that build-bank built; its current version, or the one named.")
  private String bank;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description =
          "The file to write, such as bottle.onnx. Its card, bottle.card.md, and the rows of a bank"
              + " of more than 1 GiB, bottle.onnx.data, are written next to it.")
  private String out;

  @Option(names = "--overwrite", description = "Replace files that are there already.")
  private boolean overwrite;

  @Option(
      names = "--format",
      paramLabel = "onnx",
      defaultValue = "onnx",
      description =
          "What is written: onnx, a graph of standard operators of opset 18"
              + " (default: ${DEFAULT-VALUE}).")
  private String format;

  @Mixin private BankWeights weights;

  @Option(
      names = "--precision",
      paramLabel = "fp32|fp16",
      description =
          "The numbers that the file has the bank's rows in; fp16 halves them, and the command says"
              + " by how much distances can change (default: ${DEFAULT-VALUE}).")
  private String precision;

  @Option(
      names = {"--neighbours", "--neighbors"},
      paramLabel = "K",
      description =
          "Nearest bank rows whose mean distance is a score; others than 1 have no p-value"
              + " (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Mixin private MapArguments map;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "RATE",
      description =
          "Add the verdict: the fraction of normal images that may be called anomalous, such as"
              + " 0.01, at least 1 in the number of the bank's images and one more (default: no"
              + " verdict).")
  private Optional<Double> falseAlarmRate = Optional.empty();

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    Function<Configuration, ExportBank> export = action();
    // Spark knows the file systems and their keys, here as everywhere.
    try (RunningSpark running = spark.start("Nightjar export")) {
      SparkSession session = running.session();
      print(export.apply(session.sessionState().newHadoopConf()).execute());
      return ExitCodes.OK;
    }
  }

  @Override
  public Map<String, Object> describe(SparkSession session) {
    return action().apply(session.sessionState().newHadoopConf()).describe();
  }

  private Function<Configuration, ExportBank> action() {
    weights.requireUsable();
    ExportBank.Format kind = Choice.of("format", format, ExportBank.Format.values());
    RowPrecision rows = Choice.of("precision", precision, RowPrecision.values());
    return configuration -> {
      ExportBank export =
          new ExportBank(configuration)
              .bank(bank)
              .out(out)
              .overwrite(overwrite)
              .format(kind)
              .precision(rows)
              .neighbours(neighbours)
              .options(map.toOptions());
      weights.ifNamed(export::weights);
      falseAlarmRate.ifPresent(export::falseAlarmRate);
      return export;
    };
  }

  private void print(ExportBank.Result result) {
    BankExport.Written files = result.files();
    PrintWriter console = spec.commandLine().getOut();
    console.println(
        Text.format("Model: %s, %s", files.model(), Text.megabytes(files.modelBytes())));
    files
        .data()
        .ifPresent(
            data ->
                console.println(
                    Text.format(
                        "Rows:  %s, %s; keep it in the folder of the model",
                        data, Text.megabytes(files.dataBytes()))));
    console.println("Card:  " + files.card());
    if (files.largestLoss() > 0) {
      console.println(
          Text.format(
              "Rounding the rows moves none by more than %.3g, so no distance changes by more.",
              files.largestLoss()));
    }
    console.println(
        result
            .withoutPValue()
            .map(reason -> "Without p-value and verdict: " + reason)
            .orElseGet(
                () ->
                    Text.format(
                        "With p-values by %s of the bank%s.",
                        Text.counted(result.calibrationImages(), "image", "images"),
                        falseAlarmRate
                            .map(rate -> " and a verdict at a false alarm rate of " + rate)
                            .orElse("; add --false-alarm-rate for a verdict"))));
    console.flush();
  }
}
