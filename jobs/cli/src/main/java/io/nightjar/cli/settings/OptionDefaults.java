package io.nightjar.cli.settings;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.approximate.LshMethod;
import io.nightjar.cli.options.ByteSize;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.job.UpdateBanks;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.OutputOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.options.SearchCheck;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.watch.WatchImages;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.Gate;
import io.nightjar.tile.TileRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The default of every option that a settings file may name, as text, taken from where the library
 * has it.
 */
public final class OptionDefaults {
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    put("layout", LayoutChoice.AUTO);
    network(EmbeddingSpec.of(Architecture.RESNET50));
    embed(EmbedOptions.DEFAULT);
    bank(BankOptions.DEFAULT);
    fit(FitOptions.DEFAULT);
    put("refit", UpdateBanks.DEFAULT_REFIT);
    put("guard", UpdateBanks.DEFAULT_GUARD);
    search(SearchOptions.DEFAULT, SearchCheck.DEFAULT);
    put("smoothing", MapOptions.DEFAULT.smoothing());
    put("image-score", MapOptions.DEFAULT.imageScore().id());
    measure(MeasureOptions.DEFAULT);
    put("psi-limit", DriftLimits.DEFAULT.psi());
    put("ks-alpha", DriftLimits.DEFAULT.alpha());
    put("trigger", WatchImages.DEFAULT_TRIGGER_SECONDS + "s");
    put("max-files", WatchImages.DEFAULT_MOST_FILES);
    put("drift-window", WatchImages.DEFAULT_DRIFT_WINDOW);
    compare(ComparisonOptions.DEFAULT, Gate.DEFAULT);
    run(RunOptions.DEFAULT);
    put("visualizations", OutputOptions.DEFAULT.visualizations());
  }

  private OptionDefaults() {}

  /** By the options' names without dashes. */
  public static Map<String, String> all() {
    return Map.copyOf(ALL);
  }

  private static void network(EmbeddingSpec spec) {
    put("backbone", spec.backbones());
    put("layers", numbers(spec.layers()));
    put("image-size", spec.imageSize());
    put("grid", spec.grid());
    put("precision", spec.precision().id());
  }

  private static void embed(EmbedOptions embed) {
    put("device", embed.device().id());
    put("batch-images", embed.batchImages());
    put("aspect", embed.aspect());
    put("tiles", embed.tiles().value());
    put("tile-overlap", embed.tiles().overlap());
    put("smallest-defect", TileRule.OFF);
    put("white-level", numberOrAuto(embed.whiteLevel()));
  }

  private static void bank(BankOptions bank) {
    put("scope", bank.scope().id());
    put("variance", bank.variance());
    put(
        "max-components",
        bank.maxComponents().isPresent() ? bank.maxComponents().getAsInt() : BankOptions.NONE);
    put("stage-weights", bank.stageWeights().id());
    put("coreset", bank.coreset().ratio());
    put("coreset-method", bank.coreset().method().id());
    put("coreset-seed", bank.coreset().seed());
    put("position", bank.position());
  }

  private static void fit(FitOptions fit) {
    put("chunk-images", fit.chunkImages());
    put("train-patches", fit.trainPatches());
    put("pca", fit.pcaSolver());
  }

  private static void search(SearchOptions search, SearchCheck check) {
    put("neighbours", search.neighbours());
    put(
        "broadcast-limit",
        search.broadcastLimit().isPresent()
            ? ByteSize.format(search.broadcastLimit().getAsLong())
            : RunOptions.AUTO);
    put("search", search.method().name());
    put("search-check-images", check.images());
    put("search-seed", IvfMethod.DEFAULT.seed());
    put("lists", numberOrAuto(IvfMethod.DEFAULT.lists()));
    put("probes", IvfMethod.DEFAULT.probes());
    put("lsh-tables", LshMethod.DEFAULT.tables());
    put("lsh-hashes", LshMethod.DEFAULT.hashes());
    put("lsh-bucket-length", numberOrAuto(LshMethod.DEFAULT.bucketLength()));
    put("hnsw-degree", HnswMethod.DEFAULT.degree());
    put("hnsw-construction", HnswMethod.DEFAULT.construction());
    put("ef", HnswMethod.DEFAULT.ef());
  }

  private static void measure(MeasureOptions measure) {
    put("resolution", measure.resolutionName());
    put("exact-metrics", measure.exactMetrics());
    put("mask-values", measure.maskValues().id());
  }

  private static void compare(ComparisonOptions compare, Gate gate) {
    put("tolerance", compare.tolerance());
    put("alpha", compare.alpha());
    put("resamples", compare.resamples());
    put("bootstrap-seed", compare.seed());
    put("fail-on", gate.failOn().stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  private static void run(RunOptions run) {
    put("max-quarantined", run.maxQuarantined());
    put("partitions", numberOrAuto(run.partitions()));
    put("concurrent-categories", numberOrAuto(run.concurrentCategories()));
  }

  private static void put(String option, Object value) {
    String text =
        value instanceof Enum<?> constant
            ? constant.name().toLowerCase(Locale.ROOT)
            : String.valueOf(value);
    ALL.put(option, text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
  }

  private static String numbers(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Object numberOrAuto(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : RunOptions.AUTO;
  }

  private static Object numberOrAuto(double number) {
    return number == 0 ? RunOptions.AUTO : number;
  }
}
