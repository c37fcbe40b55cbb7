package io.nightjar.job.fit;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.EmbeddedBatch;
import io.nightjar.job.options.PcaSolver;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.pca.ChunkSums;
import io.nightjar.pca.CovarianceReduction;
import io.nightjar.pca.MllibSolver;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.PartialCovariance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;

/**
 * The two passes over a category's normal images: the covariance of their patch embeddings, then
 * the embeddings' projection into the bank. Closing it frees what was kept between the passes.
 */
public final class FitPasses implements AutoCloseable {
  private final JavaSparkContext spark;
  private final ChunkEmbedding embedding;
  private final KeptCovariances covariances;
  private final JavaRDD<Chunk> work;
  private final JavaRDD<PatchBlock> computed;
  private final JavaRDD<PatchBlock> patches;
  private final PatchLayout layout;
  private HashMap<String, String> expected = new HashMap<>();
  private Optional<ComponentRows> measured = Optional.empty();

  FitPasses(
      JavaSparkContext spark,
      List<Chunk> chunks,
      int partitions,
      ChunkEmbedding embedding,
      boolean keepPatches,
      KeptCovariances covariances) {
    this.spark = spark;
    this.layout = embedding.backbone().value().layout();
    this.embedding = embedding;
    this.covariances = covariances;
    this.work = spark.parallelize(chunks, partitions);
    this.computed = work.mapPartitions(chunk -> blocks(chunk, embedding));
    // What is kept from run to run is there for the second pass, too.
    if (keepPatches && embedding.kept().isNone()) {
      computed.persist(StorageLevel.DISK_ONLY());
    }
    // Kept patches may come from a task that failed later, whose account of the files was lost.
    CollectionAccumulator<FileOutcome> outcomes = embedding.outcomes();
    this.patches = computed.map(block -> enter(block, outcomes));
  }

  private static PatchBlock enter(PatchBlock block, CollectionAccumulator<FileOutcome> outcomes) {
    block.images().stream()
        .distinct()
        .forEach(image -> outcomes.add(new FileOutcome(image.path(), image.sha256(), "")));
    return block;
  }

  /**
   * What the files must be from now on.
   *
   * @param hashes SHA-256 by path
   */
  void expect(Map<String, String> hashes) {
    expected = new HashMap<>(hashes);
  }

  /** Embeds the normal images and fits the components of each branch, on the executors. */
  PatchReduction fit(ComponentRule rule, PcaSolver solver) {
    return switch (solver) {
      case BLOCKED ->
          covariances.isNone()
              ? CovarianceReduction.reduction(partialCovariances(), rule, stages())
              : fitKnown(rule);
      case MLLIB -> fitByMllib(rule);
    };
  }

  private PatchReduction fitByMllib(ComponentRule rule) {
    List<PrincipalComponents> branches = new ArrayList<>();
    for (List<Integer> stages : stages()) {
      int number = branches.size();
      branches.add(
          MllibSolver.fit(
              patches.map(block -> block.maps().branches().get(number).rows()), stages, rule));
    }
    return PatchReduction.of(branches, Optional.empty());
  }

  /** The channels of each stage of each branch. */
  private List<List<Integer>> stages() {
    return embedding.backbone().value().spec().branches().stream()
        .map(EmbeddingSpec::stageChannels)
        .toList();
  }

  /** Where sums that are kept cannot be used, they are computed in another pass. */
  private PatchReduction fitKnown(ComponentRule rule) {
    List<Integer> channels = layout.branches().stream().map(PatchLayout::channels).toList();
    KeptCovariances kept = covariances;
    HashSet<Integer> unusable = new HashSet<>();
    while (true) {
      CovarianceReduction.Fit fit =
          CovarianceReduction.fit(
              knownCovariances(unusable), chunk -> kept.find(chunk, channels), rule, stages());
      if (fit.reduction().isPresent()) {
        return fit.reduction().get();
      }
      unusable.addAll(fit.missing());
    }
  }

  /**
   * The median distance of normal patches from the nearest patch of any other image, see {@link
   * NormalDistance}. The rows are kept until this is closed, and {@link #reduced} takes them.
   *
   * @param reduction without places on the grid
   * @param images readable ones, at least two
   */
  double normalDistance(PatchReduction reduction, List<ImageRef> images) {
    ComponentRows rows = ComponentRows.keep(spark, patches, reduction);
    measured = Optional.of(rows);
    return new NormalDistance(rows.blocks(), reduction.components()).of(images);
  }

  /** The normal patches, projected where and when they are asked for. */
  public ReducedRows reduced(PatchReduction reduction) {
    if (measured.isPresent()) {
      return measured.get().placed(reduction);
    }
    Broadcast<PatchReduction> shared = spark.broadcast(reduction);
    return new ReducedRows(
        patches.map(block -> BankBlock.of(block, shared.value())),
        reduction.dimension(),
        shared::destroy);
  }

  /** The patches of all images, where they are. */
  public JavaRDD<PatchBlock> patches() {
    return patches;
  }

  /**
   * The projected normal patches in catalogue order, where they are: an image batch a block, one
   * partition after another. Computed when it is asked for, also after this was closed; a block
   * with an image that has changed is then empty, so that the number of rows betrays it.
   */
  public JavaRDD<float[]> projected(Broadcast<PatchReduction> reduction) {
    Broadcast<HashMap<String, String>> hashes = spark.broadcast(expected);
    return patches.map(
        block ->
            isAsExpected(block, hashes.value())
                ? reduction.value().project(block.maps(), block.firstTile())
                : new float[0]);
  }

  private static boolean isAsExpected(PatchBlock block, Map<String, String> hashes) {
    return block.images().stream()
        .allMatch(image -> image.sha256().equals(hashes.get(image.path())));
  }

  @Override
  public void close() {
    measured.ifPresent(ComponentRows::close);
    computed.unpersist();
  }

  static Iterator<PatchBlock> blocks(Iterator<Chunk> chunks, ChunkEmbedding embedding) {
    Iterator<EmbeddedBatch<PatchMaps>> batches = embedding.batches(chunks);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public PatchBlock next() {
        return PatchBlock.of(batches.next());
      }
    };
  }

  private JavaPairRDD<Integer, PartialCovariance> partialCovariances() {
    PatchLayout shape = layout;
    return patches.mapPartitionsToPair(blocks -> new ChunkCovariances(blocks, shape).pairs());
  }

  private JavaPairRDD<Integer, ChunkSums> knownCovariances(Set<Integer> unusable) {
    ChunkEmbedding embeds = embedding;
    KeptCovariances kept = covariances;
    HashSet<Integer> without = new HashSet<>(unusable);
    return work.mapPartitionsToPair(own -> new KnownCovariances(own, embeds, kept, without));
  }
}
