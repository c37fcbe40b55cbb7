package io.nightjar.job.bank;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.PcaFile;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.fit.ReducedRows;
import io.nightjar.job.fit.RowFilter;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Builds one stored bank: inspect, fit, write the rows, publish. */
public final class BankBuilder implements CategoryWork<BuiltBank> {
  private final JavaSparkContext spark;
  private final BankImages images;
  private final String source;
  private final BankLocation bank;
  private final OptionalInt parent;
  private final Broadcast<BackboneModel> backbone;
  private final Broadcast<SerializableConfiguration> configuration;
  private final EvaluationOptions options;
  private final boolean keepPatches;
  private final StageReport stages;
  private final CategoryPasses passes;
  private final StageClock clock = new StageClock();

  /**
   * A build that has not begun.
   *
   * @param source what was named as the images' place, for the manifest
   * @param bank the bank's folder
   * @param parent the version that the new one follows
   * @param keepPatches whether the patches are kept between the two passes over them
   */
  public BankBuilder(
      JavaSparkContext spark,
      BankImages images,
      String source,
      BankLocation bank,
      OptionalInt parent,
      Broadcast<BackboneModel> backbone,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      boolean keepPatches,
      Progress progress) {
    this.spark = spark;
    this.images = images;
    this.source = source;
    this.bank = bank;
    this.parent = parent;
    this.backbone = backbone;
    this.configuration = configuration;
    this.options = options;
    this.keepPatches = keepPatches;
    this.stages = new StageReport(spark, images.name(), progress);
    this.passes =
        new CategoryPasses(spark, backbone, configuration, options, stages, images.quarantine());
  }

  @Override
  public String category() {
    return images.name();
  }

  @Override
  public BuiltBank run() {
    BankManifest manifest = clock.time("build", this::build);
    return new BuiltBank(
        bank.at(manifest.version()), manifest, passes.quarantine().files(), clock.total());
  }

  @Override
  public String summary(BuiltBank built) {
    return built.summary();
  }

  private BankManifest build() {
    images.inspect(passes);
    try (FittedPasses fitted = images.fit(passes, keepPatches)) {
      PrincipalComponents components = fitted.components();
      try (ReducedRows reduced = fitted.passes().reduced(components)) {
        Optional<Coreset> coreset = coreset(reduced);
        stages.begin("write the bank");
        List<WrittenRows> rows = reduced.write(coreset, bank.uri(), configuration, RowFilter.ALL);
        BankManifest manifest = manifest(components, rows);
        new BankPublisher(bank.uri(), configuration.value().value()).publish(manifest);
        return manifest;
      }
    }
  }

  private Optional<Coreset> coreset(ReducedRows rows) {
    if (options.coreset().keepsAll()) {
      return Optional.empty();
    }
    stages.begin("project patches");
    CoresetSelection selection = rows.selection(options.coreset());
    LongAccumulator chosen = spark.sc().longAccumulator();
    stages.begin("choose rows for the coreset", selection.picks(), chosen);
    return Optional.of(selection.select(chosen));
  }

  private Optional<BankManifest.Coreset> thinning() {
    CoresetOptions coreset = options.coreset();
    return coreset.keepsAll()
        ? Optional.empty()
        : Optional.of(
            new BankManifest.Coreset(
                coreset.ratio(), coreset.seed(), coreset.method().name().toLowerCase(Locale.ROOT)));
  }

  private BankManifest manifest(PrincipalComponents components, List<WrittenRows> rows) {
    List<BankManifest.Image> written =
        rows.stream().flatMap(file -> file.images().stream()).toList();
    return new BankManifest(
        parent.orElse(0) + 1,
        parent,
        images.name(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Text.format("nightjar %s (%s)", BuildInfo.version(), BuildInfo.commit()),
        BankBackbone.of(backbone.value()),
        components.count(),
        written,
        PcaFile.write(
            components,
            options.variance(),
            written.size(),
            bank.uri(),
            configuration.value().value()),
        rows.stream().map(WrittenRows::file).toList(),
        thinning(),
        images.sources(source),
        "");
  }
}
