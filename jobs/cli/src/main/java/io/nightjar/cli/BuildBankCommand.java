package io.nightjar.cli;

import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.options.BackboneArguments;
import io.nightjar.cli.options.BankArguments;
import io.nightjar.cli.options.ClusterArguments;
import io.nightjar.cli.options.EmbedArguments;
import io.nightjar.cli.options.FitArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.job.BuildBanks;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Builds memory banks of normal images and stores them.
 *
 * <p>Input: a data set in MVTec AD's layout, of which {@code train/good} is read, a folder of
 * images, or a manifest of their paths, on any Hadoop file system. Output: {@code
 * <bank>/<category>/bank.json} and the files that it names.
 *
 * <pre>{@code
 * nightjar build-bank --data mvtec_ad --weights resnet50-0676ba61.pth --bank banks
 * }</pre>
 */
@Command(
    name = "build-bank",
    description = "Builds memory banks of normal images and stores them, all categories at once.",
    sortOptions = false)
final class BuildBankCommand extends ActionCommand<BuildBanks.Result> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "URI",
      description =
          "Normal images: a data set's folder (its training images), a folder of images, a"
              + " manifest, or a text or CSV file of their paths; local, hdfs:// or s3a://.")
  private String data;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI",
      description =
          "The folder of the banks; that of a category is below it, that of all"
              + " categories (--scope unified) in its folder unified.")
  private String bank;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description =
          "A category of the data set; may be given more than once (default: all). For a folder or"
              + " a file: what to call the bank (default: its name).")
  private List<String> categories = new ArrayList<>();

  @Option(
      names = "--overwrite",
      description = "Build a new version of a bank that is there already; older ones stay.")
  private boolean overwrite;

  @Option(
      names = "--reuse",
      paramLabel = "URI",
      description =
          "The folder of a run whose store holds banks of the same images and options, which are"
              + " then copied, or embeddings of some of the images (default: nothing is taken or"
              + " kept).")
  private Optional<String> reuse = Optional.empty();

  @Option(
      names = "--keep-embeddings",
      description =
          "Keep the patch embeddings of the images in the store of --reuse (3.2 MB an image with"
              + " ResNet-50 and the default layers), and their covariances.")
  private boolean keepEmbeddings;

  @Mixin private WeightArguments weights;
  @Mixin private LayoutArguments arrangement;
  @Mixin private BackboneArguments backbone;
  @Mixin private BankArguments banks;
  @Mixin private EmbedArguments embed;
  @Mixin private FitArguments fit;
  @Mixin private ClusterArguments cluster;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, BuildBanks> action() {
    given()
        .refuseWhere(
            reuse.isEmpty(),
            "keeps them in the store of --reuse, which is not given; leave it out",
            "--keep-embeddings");
    BackboneSource network = weights.of(backbone.toSpec());
    BankOptions rows = banks.toOptions();
    rows.requireFits(network.spec());
    EmbedOptions embedding = embed.toOptions(backbone);
    FitOptions passes = fit.toOptions();
    passes.requireRoomFor(embedding);
    RunOptions use = cluster.toOptions();
    String layout = arrangement.layout();
    return session -> {
      BuildBanks build =
          new BuildBanks(session)
              .banks(bank)
              .overwrite(overwrite)
              .keepEmbeddings(keepEmbeddings)
              .options(rows)
              .options(passes)
              .options(embedding)
              .options(use)
              .data(data)
              .layout(layout)
              .categories(categories)
              .backbone(network);
      reuse.ifPresent(build::reuse);
      return build;
    };
  }

  @Override
  String application() {
    return "Nightjar build-bank " + data;
  }

  @Override
  SparkOptions spark() {
    return spark;
  }

  @Override
  int print(BuildBanks.Result result) {
    PrintWriter out = out();
    if (!result.built().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%n%-14s %7s %9s %9s %9s %9s %8s %8s%n",
          "category",
          "images",
          "left out",
          "rows",
          "values",
          "variance",
          "MB",
          "seconds");
      result.built().forEach(built -> print(built, out));
    }
    out.println(result.inputs().describe());
    return ActionRun.end(out, result.failed());
  }

  /** Millions of bytes, for a column of them. */
  private static String megabytes(long bytes) {
    return bytes < 100_000 ? "<0.1" : Text.format("%.1f", bytes / 1e6);
  }

  private static void print(BuiltBank built, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-14s %7d %9d %9d %9d %8.2f%% %8s %8.0f   %s%n",
        built.manifest().category(),
        built.manifest().images().size(),
        built.quarantined().size(),
        built.manifest().rows(),
        built.manifest().dimension(),
        100 * built.manifest().pca().explainedVariance(),
        megabytes(built.manifest().bytes()),
        built.seconds(),
        built.location());
    if (!built.reused().isEmpty()) {
      out.println("  " + built.reused());
    }
    if (!built.manifest().note().isEmpty()) {
      out.println("  note: " + built.manifest().note());
    }
    built
        .quarantined()
        .forEach(
            file -> out.printf(Locale.ROOT, "  left out %s: %s%n", file.path(), file.reason()));
  }
}
