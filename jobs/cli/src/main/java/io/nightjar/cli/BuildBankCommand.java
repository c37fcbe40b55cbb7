package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.options.BackboneOptions;
import io.nightjar.cli.options.FitArguments;
import io.nightjar.cli.options.LimitArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.job.BuildBanks;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.BuiltBank;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class BuildBankCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "URI",
      description =
          "Normal images: a data set's folder (its train/good), a folder of images, or a text or CSV"
              + " file of their paths; local, hdfs:// or s3a://.")
  private String data;

  @Option(
      names = "--bank",
      required = true,
      paramLabel = "URI",
      description =
          "The folder of the banks; that of a category lies below it, that of all"
              + " categories (--scope unified) in its folder unified.")
  private String bank;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description =
          "A category of the data set; may be given more than once (default: all). For a folder or a"
              + " file: what to call the bank (default: its name).")
  private List<String> categories = new ArrayList<>();

  @Option(
      names = "--overwrite",
      description = "Make a new version of a bank that is there already; older ones stay.")
  private boolean overwrite;

  @Mixin private WeightArguments weights;
  @Mixin private BackboneOptions backbone;
  @Mixin private FitArguments fit;
  @Mixin private LimitArguments limits;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    EvaluationOptions options = fit.toOptions().measure(limits.toOptions().build()).build();
    EmbeddingSpec embedding = backbone.toSpec();
    return ActionRun.execute(
        "Nightjar build-bank " + data,
        spark,
        spec.commandLine(),
        session ->
            new BuildBanks(session)
                .data(data)
                .categories(categories)
                .backbone(() -> BackboneModel.build(embedding, weights.load(session)))
                .banks(bank)
                .overwrite(overwrite)
                .options(options),
        this::print);
  }

  private int print(BuildBanks.Result result) {
    PrintWriter out = spec.commandLine().getOut();
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
    return ActionRun.end(out, result.failed());
  }

  private static void print(BuiltBank built, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-14s %7d %9d %9d %9d %8.2f%% %8.1f %8.0f   %s%n",
        built.manifest().category(),
        built.manifest().images().size(),
        built.quarantined().size(),
        built.manifest().rows(),
        built.manifest().dimension(),
        100 * built.manifest().pca().captured(),
        built.manifest().bytes() / 1e6,
        built.seconds(),
        built.location());
    built
        .quarantined()
        .forEach(
            file -> out.printf(Locale.ROOT, "  left out %s: %s%n", file.path(), file.reason()));
  }
}
