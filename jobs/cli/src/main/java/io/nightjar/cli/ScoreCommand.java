package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.options.BackboneOptions;
import io.nightjar.cli.options.EmbedArguments;
import io.nightjar.cli.options.LimitArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.job.ScoreImages;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.console.ScoreTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Scores images that nothing is known of with stored banks.
 *
 * <p>Input: a folder of images, a manifest of their paths, a folder of images for each category, or
 * a data set in MVTec AD's layout, of which {@code test} is read; on any Hadoop file system.
 * Output: {@code score.json}, {@code scores.csv}, {@code run.json}, {@code distributions/}, the
 * Parquet tables {@code scores/} and {@code maps/}, and {@code pictures/}.
 *
 * <pre>{@code
 * nightjar score --bank banks/bottle --data today --weights resnet50-0676ba61.pth --out scores/today
 * }</pre>
 */
@Command(
    name = "score",
    description = "Scores images that nothing is known of with stored banks.",
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description =
          "A folder of banks that build-bank made, or one bank; its current version, or the one"
              + " named.")
  private String bank;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "URI",
      description =
          "Images: a folder of them, a text or CSV file of their paths, a folder with a sub-folder"
              + " for each category, or a data set's folder (its test images); local, hdfs:// or"
              + " s3a://.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description = "A new folder for the results.")
  private String out;

  @Option(names = "--overwrite", description = "Replace the results that --out already holds.")
  private boolean overwrite;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description =
          "A category to score; may be given more than once (default: all). For a folder of images"
              + " or a file: what they are images of (default: what the bank is of, or its name).")
  private List<String> categories = new ArrayList<>();

  @Mixin private WeightArguments weights;
  @Mixin private BackboneOptions backbone;
  @Mixin private EmbedArguments embed;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      description = "Nearest bank rows whose mean distance is a score (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Option(
      names = "--smoothing",
      paramLabel = "SIGMA",
      description =
          "Gaussian smoothing of the maps, in pixels of the network's input"
              + " (default: ${DEFAULT-VALUE}, none).")
  private double smoothing;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      description =
          "Images with the highest scores to draw for each category (default: ${DEFAULT-VALUE}).")
  private int pictures;

  @Mixin private LimitArguments limits;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    EvaluationOptions options =
        embed
            .toOptions()
            .neighbours(neighbours)
            .measure(limits.toOptions().smoothing(smoothing).pictures(pictures).build())
            .build();
    EmbeddingSpec embedding = backbone.toSpec();
    return ActionRun.execute(
        "Nightjar score " + data,
        spark,
        spec.commandLine(),
        session ->
            new ScoreImages(session)
                .bank(bank)
                .data(data)
                .categories(categories)
                .backbone(() -> BackboneModel.build(embedding, weights.load(session)))
                .out(out)
                .overwrite(overwrite)
                .options(options),
        this::print);
  }

  private int print(ScoreImages.Result result) {
    PrintWriter console = spec.commandLine().getOut();
    console.println();
    console.print(ScoreTable.render(result.report(), Terminal.hasColours()));
    console.println();
    console.println("Results: " + result.out());
    console.println("  scores.csv, scores/    the score of every image");
    console.println("  maps/                  their anomaly maps as Parquet");
    console.println("  score.json             the scores' quantiles, what failed or was left out");
    console.println("  distributions/         what nightjar drift compares");
    console.println("  run.json               what makes the run reproducible");
    console.flush();
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }
}
