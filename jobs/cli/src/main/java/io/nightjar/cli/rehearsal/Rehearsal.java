package io.nightjar.cli.rehearsal;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.cli.Nightjar;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.dataset.demo.DemoDataset;
import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.result.RunResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Evaluates a few tiny images, so that most classes of a usual run are loaded. */
public final class Rehearsal {
  private static final long SEED = 1;
  private static final DemoDataset.Options FEW = new DemoDataset.Options(64, 6, 1, 1, SEED);
  private static final Architecture SMALL = Architecture.RESNET18;

  private Rehearsal() {}

  /**
   * Draws the images into a folder and evaluates them with a small network of random weights.
   *
   * @param args the folder, which is created where it is missing
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Path data = folder.resolve("data");
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Nightjar.main(new String[] {"help", "evaluate"});
    DemoDataset.generate(data, FEW, List.of("bottle", "carpet"));
    try (RunningSpark running = new SparkOptions().start("Nightjar rehearsal")) {
      RunResult result =
          new EvaluateDataset(running.session())
              .options(EvaluationOptions.builder().visualizations(1).build())
              .data(data.toString())
              .backbone(
                  BackboneModel.build(
                      new EmbeddingSpec(SMALL, List.of(1, 2, 3), 64, 8),
                      SeededWeights.of(SMALL, SEED)))
              .out(folder.resolve("results").toString())
              .overwrite(true)
              .execute();
      EvaluationResult.print(result, running.session().sessionState().newHadoopConf(), out);
    }
  }
}
