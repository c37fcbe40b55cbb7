package io.nightjar.job;

import io.nightjar.backbone.TrunkModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.BankTrunk;
import io.nightjar.bank.store.PcaFile;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.dataset.ImageRef;
import io.nightjar.pca.PrincipalComponents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Builds the stored bank of one category: inspect, fit, write the rows, publish. */
final class BankBuild implements CategoryWork<BuiltBank> {
  private final String category;
  private final List<ImageRef> images;
  private final List<String> sources;
  private final BankLocation bank;
  private final OptionalInt parent;
  private final Broadcast<TrunkModel> trunk;
  private final Broadcast<SerializableConfiguration> configuration;
  private final EvaluationOptions options;
  private final boolean keepPatches;
  private final StageReport stages;
  private final CategoryPasses passes;
  private final StageClock clock = new StageClock();

  /**
   * A build that has not begun.
   *
   * @param images normal ones, in the order of their rows
   * @param sources where the images come from, for the manifest
   * @param bank the bank's folder
   * @param parent the version that the new one follows
   * @param keepPatches whether the patches are kept between the two passes over them
   */
  BankBuild(
      JavaSparkContext spark,
      String category,
      List<ImageRef> images,
      List<String> sources,
      BankLocation bank,
      OptionalInt parent,
      Broadcast<TrunkModel> trunk,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      boolean keepPatches,
      Progress progress) {
    this.category = category;
    this.images = images;
    this.sources = sources;
    this.bank = bank;
    this.parent = parent;
    this.trunk = trunk;
    this.configuration = configuration;
    this.options = options;
    this.keepPatches = keepPatches;
    this.stages = new StageReport(spark, category, progress);
    this.passes = new CategoryPasses(spark, trunk, configuration, options, stages, images.size());
  }

  @Override
  public String category() {
    return category;
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
    passes.inspect(images);
    ChunkEmbedding embedding = passes.embedding();
    try (FitPasses over = passes.fitPasses(images, embedding, keepPatches)) {
      PrincipalComponents components = passes.fit(over, embedding, images.size());
      stages.begin("write the bank");
      List<WrittenRows> rows = over.write(components, bank.uri(), configuration, WantedImages.ALL);
      BankManifest manifest = manifest(components, rows);
      new BankPublisher(bank.uri(), configuration.value().value()).publish(manifest);
      return manifest;
    }
  }

  private BankManifest manifest(PrincipalComponents components, List<WrittenRows> rows) {
    List<BankManifest.Image> images =
        rows.stream().flatMap(file -> file.images().stream()).toList();
    return new BankManifest(
        parent.orElse(0) + 1,
        parent,
        category,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        BuildInfo.creator(),
        BankTrunk.of(trunk.value()),
        components.count(),
        images,
        PcaFile.write(
            components,
            options.variance(),
            images.size(),
            bank.uri(),
            configuration.value().value()),
        rows.stream().map(WrittenRows::file).toList(),
        Optional.empty(),
        sources,
        "");
  }
}
