package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.cli.options.BackboneOptions;
import io.nightjar.cli.options.MethodOptions;
import io.nightjar.cli.options.RunArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.WeightArguments;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Evaluates a data set in MVTec AD's layout.
 *
 * <p>Input: {@code <data>/<category>/train/good}, {@code <data>/<category>/test/<defect>} and
 * {@code <data>/<category>/ground_truth/<defect>/<stem>_mask.png}, on any Hadoop file system.
 * Output: {@code metrics.json}, {@code metrics.csv}, {@code run.json}, {@code report.html}, {@code
 * curves/}, the Parquet tables {@code metrics/} and {@code maps/}, and {@code pictures/}.
 *
 * <pre>{@code
 * nightjar evaluate --data mvtec_ad --weights resnet50-0676ba61.pth --out runs/first
 * }</pre>
 */
@Command(
    name = "evaluate",
    description = "Evaluates a data set in MVTec AD's layout, all categories at once.",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--bank",
      paramLabel = "URI[@VERSION]",
      description =
          "Compare with stored banks instead of building any: a folder of banks that build-bank"
              + " made, or one bank, of a category or of all (--scope unified); its current version, or the one named.")
  private Optional<String> bank = Optional.empty();

  @Mixin private WeightArguments weights;
  @Mixin private RunArguments run;
  @Mixin private BackboneOptions backbone;
  @Mixin private MethodOptions method;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    refuseFitOptions();
    EvaluationOptions options = method.toOptions();
    EmbeddingSpec embedding = backbone.toSpec();
    return EvaluationRun.execute(
        "Nightjar evaluate " + run.data(),
        spark,
        spec.commandLine(),
        session -> {
          EvaluateDataset evaluation =
              new EvaluateDataset(session)
                  .data(run.data())
                  .categories(run.categories())
                  .backbone(() -> BackboneModel.build(embedding, weights.load(session)))
                  .out(run.out())
                  .overwrite(run.overwrite())
                  .options(options);
          bank.ifPresent(evaluation::bank);
          return evaluation;
        });
  }

  /** Options that say how a bank is made leave a stored one as it is. */
  private void refuseFitOptions() {
    for (String option :
        List.of("--scope", "--variance", "--pca", "--chunk-images", "--train-patches")) {
      if (bank.isPresent() && spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new InvalidInputException(
            Text.format(
                "The option %s says how a bank is built, but --bank names one that is; leave one out.",
                option));
      }
    }
  }
}
