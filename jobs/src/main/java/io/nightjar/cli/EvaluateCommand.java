package io.nightjar.cli;

import io.nightjar.backbone.EmbeddingSpec;
import io.nightjar.backbone.TrunkModel;
import io.nightjar.backbone.WeightFiles;
import io.nightjar.backbone.Weights;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.EvaluationOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
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
      names = "--weights",
      required = true,
      paramLabel = "URI",
      description =
          "Pretrained weights: a .safetensors file or a torch state dict (.pth), local, on any"
              + " Hadoop file system or at an http(s) address; or a name such as"
              + " torchvision:resnet50.")
  private String weights;

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "The weights' SHA-256; required for an http(s) address.")
  private Optional<String> weightsSha256 = Optional.empty();

  @Mixin private RunArguments run;
  @Mixin private TrunkOptions trunk;
  @Mixin private MethodOptions method;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    EvaluationOptions options = method.toOptions();
    EmbeddingSpec embedding = trunk.toSpec();
    return EvaluationRun.execute(
        "Nightjar evaluate " + run.data(),
        spark,
        spec.commandLine(),
        session ->
            new EvaluateDataset(session)
                .data(run.data())
                .categories(run.categories())
                .trunk(() -> TrunkModel.build(embedding, load(session)))
                .out(run.out())
                .overwrite(run.overwrite())
                .options(options));
  }

  private Weights load(SparkSession session) {
    return WeightFiles.load(weights, weightsSha256, session.sparkContext().hadoopConfiguration());
  }
}
