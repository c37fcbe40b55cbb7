package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nightjar.backbone.PatchEmbedder;
import io.nightjar.bank.PatchKnn;
import io.nightjar.cli.settings.OptionDefaults;
import io.nightjar.job.EvaluateEnsemble;
import io.nightjar.job.MeasureMaps;
import io.nightjar.job.ProbeCluster;
import io.nightjar.job.TrackRuns;
import io.nightjar.pca.PatchPca;
import io.nightjar.report.sweep.SweepOptions;
import io.nightjar.text.Durations;
import java.io.File;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A default is named once; the settings file, the options and the ML stages have the same. */
class OptionDefaultsTest {

  @Test
  void theSettingsFileListsTheDefaults() {
    Config settings =
        ConfigFactory.parseFile(new File("../../conf/mvtec-ad.conf")).getConfig("nightjar");
    Map<String, String> listed = new TreeMap<>();
    settings.root().keySet().forEach(name -> listed.put(name, settings.getString(name)));

    assertThat(listed).isEqualTo(new TreeMap<>(OptionDefaults.all()));
  }

  @Test
  void anOptionHasItsDefaultInEveryCommand() {
    CommandLine nightjar = Nightjar.commandLine();
    Map<String, String> found = new TreeMap<>();
    for (CommandLine command : nightjar.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        String name = option.longestName().replaceFirst("^--", "");
        String value = OptionDefaults.all().get(name);
        // The runs of benchmark are a number, those of drift are folders.
        if (value != null) {
          assertThat(option.defaultValueString(true))
              .as("%s --%s", command.getCommandName(), name)
              .isEqualTo(value);
          found.put(name, value);
        }
      }
    }
    assertThat(found).isEqualTo(new TreeMap<>(OptionDefaults.all()));
  }

  @Test
  void theStagesHaveTheSameDefaults() {
    assertDefault(new PatchEmbedder(), "backbone", "backbone");
    assertDefault(new PatchEmbedder(), "layers", "layers");
    assertDefault(new PatchEmbedder(), "imageSize", "image-size");
    assertDefault(new PatchEmbedder(), "grid", "grid");
    assertDefault(new PatchEmbedder(), "precision", "precision");
    assertDefault(new PatchEmbedder(), "device", "device");
    assertDefault(new PatchEmbedder(), "batchSize", "batch-images");
    assertDefault(new PatchPca(), "variance", "variance");
    assertDefault(new PatchPca(), "solver", "pca");
    assertDefault(new PatchKnn(), "k", "neighbours");
    assertDefault(new PatchKnn(), "coresetRatio", "coreset");
    assertDefault(new PatchKnn(), "coresetSeed", "coreset-seed");
  }

  /** Of options that no settings file may name. */
  @Test
  void theActionsHaveTheDefaultsOfTheirCommands() {
    assertThat(Durations.parse(defaultOf("doctor", "--timeout")))
        .contains(ProbeCluster.DEFAULT_LIMIT);
    assertThat(Double.valueOf(defaultOf("metrics", "--scale-quantile")))
        .isEqualTo(MeasureMaps.DEFAULT_SCALE_QUANTILE);
    assertThat(Double.valueOf(defaultOf("evaluate", "--scale-quantile")))
        .isEqualTo(EvaluateEnsemble.DEFAULT_SCALE_QUANTILE);
    assertThat(defaultOf("sweep", "--repetitions"))
        .isEqualTo(Integer.toString(SweepOptions.DEFAULT.repetitions()));
    assertThat(defaultOf("sweep", "--split-seed"))
        .isEqualTo(Long.toString(SweepOptions.DEFAULT.splitSeed()));
    assertThat(defaultOf("history", "--format")).isEqualTo(TrackRuns.DEFAULT_FORMAT.id());
  }

  private static String defaultOf(String command, String option) {
    return Nightjar.commandLine()
        .getSubcommands()
        .get(command)
        .getCommandSpec()
        .findOption(option)
        .defaultValueString(true);
  }

  private static void assertDefault(Params stage, String param, String option) {
    Object value = stage.getDefault(stage.getParam(param)).get();
    String text =
        value instanceof int[] numbers
            ? Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(","))
            : String.valueOf(value);

    assertThat(text.replaceFirst("\\.0$", ""))
        .as("%s of %s", param, stage.getClass().getSimpleName())
        .isEqualTo(OptionDefaults.all().get(option));
  }
}
