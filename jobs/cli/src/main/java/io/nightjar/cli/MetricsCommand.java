package io.nightjar.cli;

import io.nightjar.cli.options.MeasureArguments;
import io.nightjar.cli.options.RunArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.job.MeasureMaps;
import io.nightjar.job.options.MeasureOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures anomaly maps that another program made.
 *
 * <p>Input: {@code <maps>/<category>/test/<defect>/<stem>.tiff}, {@code .tif} (one channel of
 * floating point), {@code .npy} (float32 or float64) or {@code .png} (grey, 8 or 16 bits), of any
 * size, and the data set's test images and masks, on any Hadoop file system. Output: the files of
 * {@code evaluate}; the table {@code maps/} has the images' scores alone.
 *
 * <pre>{@code
 * nightjar metrics --maps anomaly_maps --data mvtec_ad --out runs/others
 * }</pre>
 */
@Command(
    name = "metrics",
    description = "Measures anomaly maps from files, whoever made them; needs no weights.",
    sortOptions = false)
final class MetricsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--maps",
      required = true,
      paramLabel = "URI",
      description =
          "The maps' folder: <category>/test/<defect>/<stem> with the extension .tiff, .tif, .npy"
              + " or .png.")
  private String maps;

  @Mixin private RunArguments run;
  @Mixin private MeasureArguments measure;
  @Mixin private SparkOptions spark;

  @Override
  public Integer call() {
    MeasureOptions options = measure.toOptions();
    return EvaluationRun.execute(
        "Nightjar metrics " + maps,
        spark,
        spec.commandLine(),
        session ->
            new MeasureMaps(session)
                .maps(maps)
                .data(run.data())
                .categories(run.categories())
                .out(run.out())
                .overwrite(run.overwrite())
                .options(options));
  }
}
