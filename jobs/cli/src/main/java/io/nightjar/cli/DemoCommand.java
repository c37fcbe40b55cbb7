package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.RunLabel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows the product on a data set that it draws itself: nothing to download, nothing to install.
 *
 * <p>Output: {@code <out>/data}, a generated data set of 15 categories in MVTec AD's layout, and
 * {@code <out>/results}, its evaluation.
 */
@Command(
    name = "demo",
    description = "Draws a small data set and evaluates it; needs no data and no weights.",
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 20_260_221L;
  private static final String DRAWN = "The images are generated, not MVTec AD's.";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "nightjar-demo",
      description = "Folder for the images and the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--weights",
      paramLabel = "URI",
      description =
          "Pretrained weights, as for evaluate, such as torchvision:resnet50 (default: seeded"
              + " random ones, which show that the machinery works and nothing else).")
  private Optional<String> weights = Optional.empty();

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "The network that the weights belong to (default: ${DEFAULT-VALUE}).")
  private String backbone;

  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    Architecture architecture = Architecture.parse(backbone);
    Weights loaded =
        weights
            .map(uri -> WeightFiles.load(uri, Optional.empty(), new Configuration()))
            .orElseGet(() -> SeededWeights.of(architecture, SEED));
    Path data = out.resolve("data");
    DemoDataset.generate(data, DemoDataset.Options.standard());
    print.println("Drew " + DemoDataset.categories().size() + " categories into " + data + ".");
    return EvaluationRun.execute(
        "Nightjar demo",
        spark,
        spec.commandLine(),
        session ->
            new EvaluateDataset(session)
                .data(data.toString())
                .backbone(BackboneModel.build(EmbeddingSpec.of(architecture), loaded))
                .out(out.resolve("results").toString())
                .overwrite(true)
                .label(label())
                .options(EvaluationOptions.builder().pictures(1).build()));
  }

  private RunLabel label() {
    String title = "Demo: a generated data set";
    return weights.isPresent()
        ? new RunLabel(title, List.of(DRAWN), DRAWN)
        : new RunLabel(
            title,
            List.of(
                "The network has seeded random weights: the figures show that the machinery works"
                    + " and nothing else. For meaningful ones add --weights torchvision:resnet50,"
                    + " or name a weight file.",
                DRAWN),
            "The weights are random and the images are generated.");
  }
}
