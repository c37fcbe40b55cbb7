package io.nightjar.cli;

import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.mlflow.MlflowArguments;
import io.nightjar.cli.options.ClusterArguments;
import io.nightjar.cli.options.MapArguments;
import io.nightjar.cli.options.MeasureArguments;
import io.nightjar.cli.options.OutputArguments;
import io.nightjar.cli.options.RunArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.outcome.AlarmArguments;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.job.MeasureMaps;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.OutputOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.result.RunResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures anomaly maps of another program.
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
    description = "Measures anomaly maps of any program, from files; needs no weights.",
    sortOptions = false)
final class MetricsCommand extends RecordedCommand {
  private static final String SCALE_QUANTILE = "--scale-quantile";
  private static final String NORMAL_MAPS = "--normal-maps";
  private static final String SCALES = "--scales";

  @Option(
      names = "--maps",
      required = true,
      paramLabel = "URI",
      description =
          "The maps' folder: <category>/test/<defect>/<stem> with the extension .tiff, .tif, .npy"
              + " or .png. Given more than once, the maps of several methods are averaged.")
  private List<String> maps;

  @Option(
      names = SCALE_QUANTILE,
      paramLabel = "Q",
      defaultValue = "0.99",
      description =
          "With several --maps: the map of each method is divided by the median over the good test"
              + " images of a category of this quantile of their scores (default:"
              + " ${DEFAULT-VALUE}).")
  private double scaleQuantile;

  @Option(
      names = NORMAL_MAPS,
      paramLabel = "FOLDER",
      description =
          "With several --maps: take that from maps of other normal images than the good test images,"
              + " in this folder below each category's folder of maps, such as train/good.")
  private Optional<String> normalMaps = Optional.empty();

  @Option(
      names = SCALES,
      paramLabel = "S,S",
      split = ",",
      description =
          "With several --maps: divide the maps of each method by these numbers, one for each --maps"
              + " in their order, for all categories, in place of what normal images give.")
  private List<Double> scales = List.of();

  @Mixin private RunArguments run;
  @Mixin private LayoutArguments arrangement;
  @Mixin private MapArguments map;
  @Mixin private MeasureArguments measure;
  @Mixin private ClusterArguments cluster;
  @Mixin private OutputArguments output;
  @Mixin private AlarmArguments alarms;
  @Mixin private MlflowArguments mlflow;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, MeasureMaps> action() {
    given()
        .refuseWhere(
            maps.size() < 2,
            "is about the maps of several methods, but --maps names one folder; leave it out",
            SCALE_QUANTILE,
            NORMAL_MAPS,
            SCALES);
    given()
        .refuseWhere(
            given().has(SCALES),
            "says how scales are found, but --scales gives them; leave one out",
            SCALE_QUANTILE,
            NORMAL_MAPS);
    MapOptions smoothing = map.toOptions();
    MeasureOptions metrics = measure.toOptions();
    RunOptions use = cluster.toOptions();
    OutputOptions drawn = output.toOptions();
    String layout = arrangement.layout();
    return session -> {
      MeasureMaps action = new MeasureMaps(session).maps(maps).scaleQuantile(scaleQuantile);
      normalMaps.ifPresent(action::normalMaps);
      return action
          .scales(scales)
          .data(run.data())
          .layout(layout)
          .categories(run.categories())
          .out(run.out())
          .overwrite(run.overwrite())
          .options(smoothing)
          .options(metrics)
          .options(use)
          .options(drawn);
    };
  }

  @Override
  String application() {
    return "Nightjar metrics " + String.join(" ", maps);
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
  MlflowArguments mlflow() {
    return mlflow;
  }

  @Override
  String subject() {
    return run.data();
  }

  @Override
  int print(RunResult result) {
    EvaluationResult.print(result, configuration(), out());
    return result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE;
  }
}
