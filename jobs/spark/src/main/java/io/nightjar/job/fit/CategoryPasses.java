package io.nightjar.job.fit;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.io.Sha256;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.ChunkEmbedding;
import io.nightjar.job.embed.KeptPatches;
import io.nightjar.job.embed.ShapedBackbone;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.options.StageWork;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.text.Text;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The passes that work on a category's images consists of, whatever it is done for: inspect files,
 * embed them, fit the components; and which files were left out on the way.
 */
public final class CategoryPasses {
  private final RunContext run;
  private final JavaSparkContext spark;
  private final StageReport stages;
  private final Quarantine quarantine;
  private final CategoryShape shape;
  private Optional<WhiteLevel> white;
  private int largestSample;
  private LabelImagesRule labelImages = LabelImagesRule.NONE;
  private KeptPatches.Source kept = images -> KeptPatches.none();
  private KeptCovariances.Source covariances = images -> KeptCovariances.none();

  /**
   * Passes over the images of one category; none runs yet.
   *
   * @param quarantine for the files that turn out to be unreadable
   */
  public CategoryPasses(RunContext run, String category, Quarantine quarantine) {
    this.run = run;
    this.spark = run.spark();
    this.stages = new StageReport(run, category);
    this.quarantine = quarantine;
    this.shape = new CategoryShape(run);
    this.white = asked(run);
  }

  private static Optional<WhiteLevel> asked(RunContext run) {
    return run.embed().whiteLevel().stream().mapToObj(WhiteLevel::new).findFirst();
  }

  /** Takes the white level of the bank that images are compared with. */
  public void useWhiteLevel(WhiteLevel ofBank) {
    white = Optional.of(ofBank);
  }

  /** Takes the shape of the network's input from the bank that images are compared with. */
  public void useShape(EmbeddingSpec ofBank) {
    shape.useBank(ofBank);
  }

  /** The embedding, at the shape of the category's images where they keep it. */
  public EmbeddingSpec spec() {
    return shape.spec();
  }

  /** The network at the shape of {@link #spec}. */
  public ShapedBackbone backbone() {
    return new ShapedBackbone(run.backbone(), spec());
  }

  /** What a reader should know of the shape of the images; mostly empty. */
  public Optional<String> shapeNote() {
    return shape.note();
  }

  /** How images are cut into tiles; empty where they are not. */
  public Optional<String> tilesNote() {
    return shape.tiles();
  }

  /**
   * Keeps the patches of images, and the covariances of those of normal ones, from run to run.
   *
   * @param patches what is kept of some images; asked before each pass
   * @param sums what is kept of the chunks of some images; likewise
   */
  public void keep(KeptPatches.Source patches, KeptCovariances.Source sums) {
    kept = patches;
    covariances = sums;
  }

  /** The sample that is white in images of more than 8 bits; by itself that of their depth. */
  public WhiteLevel whiteLevel() {
    return white.orElse(WhiteLevel.FULL);
  }

  /** What a reader should know of the white level; empty where it is that of the depth. */
  public Optional<String> whiteNote() {
    int level = whiteLevel().sample();
    if (whiteLevel().isFull() || largestSample == 0) {
      return Optional.empty();
    }
    return Optional.of(
        largestSample > level
            ? Text.format(
                "%d is white in images of more than 8 bits; samples above it, up to %d, are white"
                    + " too.",
                level, largestSample)
            : Text.format(
                "%d is white in images of more than 8 bits, whose largest sample is %d.",
                level, largestSample));
  }

  /** What a reader should know of normal images that may be masks; mostly empty. */
  public List<String> labelImageNotes() {
    return labelImages.notes();
  }

  /** The run that the passes belong to. */
  public RunContext run() {
    return run;
  }

  /** Receives how far the passes have come. */
  public StageReport stages() {
    return stages;
  }

  /** The files that were left out so far. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /** Those that were not left out so far. */
  public List<ImageRef> readable(List<ImageRef> images) {
    Set<String> bad = quarantine.paths();
    return images.stream().filter(image -> !bad.contains(image.relativePath())).toList();
  }

  /**
   * Reads headers, so that what cannot be used is known before any heavy work, and the samples of
   * images of more than 8 bits, where the white level follows from them.
   */
  public void inspect(List<ImageRef> images) {
    inspect(images, false);
  }

  /**
   * The same, and what the masks hold.
   *
   * @param masks whether masks are decoded
   * @return what the masks of the images that were not left out hold together
   */
  public MaskSummary inspect(List<ImageRef> images, boolean masks) {
    return inspect(images, masks, KnownInspections.NONE);
  }

  /**
   * The same with what is known of some of the files, which are not read again.
   *
   * @param masks whether masks are decoded
   * @param known receives what is found of the others
   */
  public MaskSummary inspect(List<ImageRef> images, boolean masks, KnownInspections known) {
    boolean samples = white.isEmpty() || !white.get().isFull();
    Map<ImageRef, Inspected> before = known.find(images, masks, samples);
    List<ImageRef> others = images.stream().filter(image -> !before.containsKey(image)).toList();
    Map<ImageRef, Inspected> found = new LinkedHashMap<>();
    if (!others.isEmpty()) {
      Iterator<Inspected> each = inspected(others, masks, samples).iterator();
      others.forEach(image -> found.put(image, each.next()));
      known.keep(found, masks, samples);
    }
    List<Inspected> inspected =
        images.stream()
            .map(image -> before.containsKey(image) ? before.get(image) : found.get(image))
            .toList();
    labelImages = LabelImagesRule.of(images, inspected);
    quarantine.enter(inspected.stream().map(Inspected::outcome).toList());
    labelImages.leftOut().forEach(quarantine::leaveOut);
    reportLeftOut();
    quarantine.check();
    largestSample =
        inspected.stream().mapToInt(Inspected::largestSample).reduce(largestSample, Math::max);
    white = Optional.of(white.orElseGet(() -> WhiteLevel.fitting(largestSample)));
    shape.take(images, inspected, quarantine.paths());
    return inspected.stream().map(Inspected::mask).reduce(MaskSummary.NONE, MaskSummary::plus);
  }

  private List<Inspected> inspected(List<ImageRef> images, boolean masks, boolean samples) {
    LongAccumulator done = stages.counter();
    stages.begin("inspect images", Counted.IMAGES, images.size(), done);
    Broadcast<SerializableConfiguration> shared = run.configuration();
    return ofEach(
        images,
        image -> {
          done.add(1);
          return Inspected.of(image, masks, samples, shared.value().value());
        });
  }

  /** The SHA-256 of each file, or why it cannot be read, in the order of the images. */
  public List<FileOutcome> hashes(List<ImageRef> images) {
    LongAccumulator done = stages.counter();
    stages.begin("hash files", Counted.FILES, images.size(), done);
    Broadcast<SerializableConfiguration> shared = run.configuration();
    return ofEach(
        images,
        image -> {
          done.add(1);
          return hash(image, shared.value().value());
        });
  }

  /** What a function gives for each image, on the executors. */
  private <T> List<T> ofEach(List<ImageRef> images, Function<ImageRef, T> function) {
    TaskWatch watch = stages.watch();
    return spark
        .parallelize(images, run.partitions(spark.defaultParallelism()))
        .mapPartitions(
            own -> {
              watch.begin();
              return map(own, function);
            })
        .collect();
  }

  private static <T> Iterator<T> map(Iterator<ImageRef> images, Function<ImageRef, T> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public T next() {
        try {
          return function.call(images.next());
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) { // Spark's functions declare it
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private static FileOutcome hash(ImageRef image, Configuration hadoop) {
    try {
      byte[] content = FileBytes.read(image.uri(), hadoop);
      return new FileOutcome(image.relativePath(), Sha256.of(content), "");
    } catch (UnreadableFileException e) {
      return new FileOutcome(image.relativePath(), "", e.reason());
    }
  }

  /** An embedding for one pass, with counts and outcomes of its own. */
  public ChunkEmbedding embedding() {
    CollectionAccumulator<FileOutcome> outcomes = spark.sc().collectionAccumulator();
    return new ChunkEmbedding(
        backbone(),
        run.configuration(),
        run.embed().device(),
        // One task, one part of the cores: concurrent tasks never fight for them.
        spark.getConf().getInt("spark.task.cpus", 1),
        run.embed().batchImages(),
        whiteLevel(),
        outcomes,
        stages.counter(),
        stages.watch(),
        KeptPatches.none());
  }

  /** An embedding with what is kept of these images. */
  public ChunkEmbedding keeping(ChunkEmbedding embedding, List<ImageRef> images) {
    // Those of tiles would take many times the space of the images.
    return spec().tiles().isWhole() ? embedding.keeping(kept.of(images)) : embedding;
  }

  /**
   * The passes over the readable ones of the normal images.
   *
   * @throws CategoryFailedException if there are none
   */
  public FitPasses fitPasses(List<ImageRef> normal, ChunkEmbedding embedding, FitPlan plan) {
    List<Chunk> chunks = Chunk.cutByNames(readable(normal), plan.fit().chunkImages());
    if (chunks.isEmpty()) {
      throw quarantine.noneToLearnFrom(normal);
    }
    return new FitPasses(
        spark,
        chunks,
        run.partitions(chunks.size()),
        keeping(embedding, readable(normal)),
        plan.keepPatches(),
        covariances.of(readable(normal)));
  }

  PatchReduction fit(
      FitPasses passes, ChunkEmbedding embedding, List<ImageRef> normal, FitPlan plan) {
    stages.begin(
        new StageWork(
            "embed normal images",
            Counted.IMAGES,
            normal.size(),
            embedding.handled()::sum,
            "compute the principal components"));
    PatchReduction reduction;
    try {
      reduction = passes.fit(plan.bank().rule(), plan.fit().pcaSolver());
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      if (settle(embedding)) {
        throw new ChangedFilesException();
      }
      if (readable(normal).isEmpty()) {
        throw quarantine.noneToLearnFrom(normal);
      }
      throw e;
    }
    if (settle(embedding)) {
      throw new ChangedFilesException();
    }
    passes.expect(quarantine.hashes());
    return reduction;
  }

  /** The readable ones of the images, a batch each, or as many as have a batch's tiles. */
  public List<Chunk> batches(List<ImageRef> images) {
    return Chunk.cut(readable(images), backbone().imagesOf(run.embed().batchImages()));
  }

  /** Leaves out the files that a pass could not read. */
  public void enter(ChunkEmbedding embedding) {
    settle(embedding);
  }

  /**
   * The same after a pass that read files again, or may have done so.
   *
   * @return whether a file was not what it had been, so that the pass is to be repeated without it
   * @throws CategoryFailedException if too many files are left out
   */
  public boolean settle(ChunkEmbedding embedding) {
    boolean isChanged = quarantine.enter(embedding.outcomes().value());
    reportLeftOut();
    quarantine.check();
    return isChanged;
  }

  private void reportLeftOut() {
    run.progress().leftOut(stages.category(), quarantine.files().size());
  }
}
