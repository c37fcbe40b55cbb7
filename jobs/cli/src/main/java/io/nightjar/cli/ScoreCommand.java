package io.nightjar.cli;

import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.dataset.SubmissionArguments;
import io.nightjar.cli.decision.DecisionArguments;
import io.nightjar.cli.decision.ReasonArguments;
import io.nightjar.cli.decision.RegionArguments;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.ClusterArguments;
import io.nightjar.cli.options.EmbedArguments;
import io.nightjar.cli.options.MapArguments;
import io.nightjar.cli.options.NeighbourArguments;
import io.nightjar.cli.options.OutputArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.progress.Terminal;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.cli.table.ResultsList;
import io.nightjar.job.ScoreImages;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.OutputOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.SubmissionOptions;
import io.nightjar.job.result.SubmittedMaps;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.report.console.ScoreTable;
import io.nightjar.report.openmetrics.ReportMetrics;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Scores unlabelled images with stored banks.
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
    description = "Scores unlabelled images with stored banks.",
    sortOptions = false)
final class ScoreCommand extends ActionCommand<ScoreImages.Result> {
  private static final ResultsList FILES =
      new ResultsList()
          .line("the score of every image", "scores.csv", "scores/")
          .line("their anomaly maps as Parquet", "maps/")
          .line("the images with the highest scores, with their maps", "pictures/")
          .line(
              "regions of anomalies, as a table and in COCO's format",
              "regions/",
              "regions.coco.json")
          .line("their masks", "masks/")
          .line("reasons for the scores, as a page and a table", "reasons.html", "reasons.csv")
          .line("the scores' quantiles, what failed or was left out", "score.json")
          .line("what nightjar drift compares", "distributions/")
          .line("what makes the run reproducible", "run.json");

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI[@VERSION]",
      description =
          "A folder of banks that build-bank built, or one bank; its current version, or the one"
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
      names = "--reuse",
      paramLabel = "URI",
      description =
          "The folder of a run whose store this one shares: maps of images that were compared with"
              + " the same bank before, by score or evaluate, are taken from it, and those of others"
              + " are kept there (default: nothing is taken or kept).")
  private Optional<String> reuse = Optional.empty();

  @Option(
      names = "--keep-embeddings",
      description =
          "Also keep the patch embeddings of the images in the store of --reuse (3.2 MB an image"
              + " with ResNet-50 and the default layers), for when the bank is another.")
  private boolean keepEmbeddings;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description =
          "A category to score; may be given more than once (default: all). For a folder of images"
              + " or a file: what they are images of (default: what the bank is of, or its name).")
  private List<String> categories = new ArrayList<>();

  @Mixin private WeightArguments weights;
  @Mixin private LayoutArguments arrangement;
  @Mixin private BackboneArguments backbone;
  @Mixin private EmbedArguments embed;
  @Mixin private NeighbourArguments search;
  @Mixin private MapArguments map;
  @Mixin private DecisionArguments decisions;
  @Mixin private RegionArguments regions;
  @Mixin private ReasonArguments reasons;
  @Mixin private ClusterArguments cluster;
  @Mixin private OutputArguments output;
  @Mixin private SubmissionArguments submission;
  @Mixin private AlarmArguments alarms;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, ScoreImages> action() {
    given()
        .refuseWhere(
            reuse.isEmpty(),
            "keeps them in the store of --reuse, which is not given; leave it out",
            "--keep-embeddings");
    RegionOptions outlined = regions.toOptions();
    given()
        .refuseWhere(
            !outlined.asked(),
            "is of the regions of --regions, which is not given; add it, or leave this out",
            "--pixel-threshold",
            "--min-area",
            "--merge-within");
    ReasonOptions explained = reasons.toOptions();
    BackboneSource network = weights.of(backbone.toSpec());
    EmbedOptions embedding = embed.toOptions(backbone);
    SearchOptions comparison = search.toOptions();
    MapOptions smoothing = map.toOptions();
    DecisionRates rates = decisions.toRates();
    RunOptions use = cluster.toOptions();
    OutputOptions drawn = output.toOptions();
    SubmissionOptions submitted = submission.toOptions();
    String layout = arrangement.layout();
    return session -> {
      ScoreImages scoring =
          new ScoreImages(session)
              .bank(bank)
              .keepEmbeddings(keepEmbeddings)
              .options(comparison)
              .options(smoothing)
              .options(embedding)
              .options(use)
              .options(drawn)
              .options(submitted)
              .options(rates)
              .options(outlined)
              .options(explained)
              .data(data)
              .layout(layout)
              .categories(categories)
              .backbone(network)
              .out(out)
              .overwrite(overwrite);
      reuse.ifPresent(scoring::reuse);
      return scoring;
    };
  }

  @Override
  String application() {
    return "Nightjar score " + data;
  }

  @Override
  SparkOptions spark() {
    return spark;
  }

  @Override
  Optional<AlarmArguments> alarms() {
    return Optional.of(alarms);
  }

  @Override
  void begin(Findings findings) {
    findings.subject(data);
  }

  @Override
  void note(ScoreImages.Result result, Findings findings) {
    findings
        .out(result.out(), "score.json")
        .metrics(families -> ReportMetrics.add(result.report(), families))
        .sentence(
            EvaluationResult.sentence(
                "scored", result.report().categories().size(), result.report().failed()));
  }

  @Override
  int print(ScoreImages.Result result) {
    PrintWriter console = out();
    console.println();
    console.print(ScoreTable.render(result.report(), Terminal.hasColours()));
    console.println();
    console.println(result.report().inputs().describe());
    FILES.print(result.out(), configuration(), console);
    result.submitted().ifPresent(submitted -> printSubmission(submitted, console));
    console.flush();
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }

  private static void printSubmission(SubmittedMaps submitted, PrintWriter console) {
    console.println(
        Text.format(
            "  %s/  %d maps%s for the server of MVTec AD 2",
            submitted.folder(),
            submitted.maps(),
            submitted.thresholded() ? ", thresholded as well," : ""));
    if (!submitted.gaps().isEmpty()) {
      console.println("    " + submitted.gaps());
    }
  }
}
