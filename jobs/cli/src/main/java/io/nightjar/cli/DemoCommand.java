package io.nightjar.cli;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.cli.options.OptionalWeights;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.BackboneSource;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.result.RunResult;
import io.nightjar.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class DemoCommand extends ActionCommand<RunResult> {
  private static final long SEED = 20_260_221L;
  private static final String DRAWN = "The images are generated, not MVTec AD's.";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "nightjar-demo",
      description = "Folder for the images and the results (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "A category to draw; may be given more than once (default: all 15).")
  private List<String> categories = new ArrayList<>();

  @Option(names = "--draw-only", description = "Only draw the images, and evaluate nothing.")
  private boolean drawOnly;

  @Mixin private OptionalWeights weights;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "The network that the weights belong to (default: ${DEFAULT-VALUE}).")
  private String backbone;

  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, EvaluateDataset> action() {
    Architecture architecture = Architecture.parse(backbone);
    EmbeddingSpec network = EmbeddingSpec.of(architecture);
    Optional<String> place = weights.place();
    return session -> {
      EvaluateDataset evaluation =
          new EvaluateDataset(session)
              .options(EvaluationOptions.builder().visualizations(1).build())
              .label(label())
              .data(data().toString())
              .categories(categories)
              .out(out.resolve("results").toString())
              .overwrite(true);
      return place.isPresent()
          ? evaluation.backbone(new BackboneSource(network, place.get(), weights.sha256()))
          : evaluation.backbone(BackboneModel.build(network, SeededWeights.of(architecture, SEED)));
    };
  }

  /** Draws the data set, which the evaluation then reads. */
  @Override
  boolean prepare() {
    List<String> drawn = categories.isEmpty() ? DemoDataset.categories() : categories;
    DemoDataset.generate(data(), DemoDataset.Options.standard(), drawn);
    out()
        .println(
            "Drew "
                + Text.counted(drawn.size(), "category", "categories")
                + " into "
                + data()
                + ".");
    return !drawOnly;
  }

  private Path data() {
    return out.resolve("data");
  }

  @Override
  String application() {
    return "Nightjar demo";
  }

  @Override
  SparkOptions spark() {
    return spark;
  }

  @Override
  int print(RunResult result) {
    EvaluationResult.print(result, configuration(), out());
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }

  private RunLabel label() {
    String title = "Demo: a generated data set";
    return weights.place().isPresent()
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
