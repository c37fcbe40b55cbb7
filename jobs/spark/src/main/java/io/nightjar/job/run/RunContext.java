package io.nightjar.job.run;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.job.memory.ClusterMemory;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.memory.ProcessMemory;
import io.nightjar.job.memory.ResourceWatch;
import io.nightjar.job.options.EmbedOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.RunOptions;
import io.nightjar.report.RunInfo;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What all work of one run shares. Broadcasts are made when they are first asked for; closing it
 * frees those that were.
 */
public final class RunContext implements AutoCloseable {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final Progress progress;
  private final RunOptions options;
  private final Cancellation cancellation;
  private final Optional<BackboneModel> model;
  private final EmbedOptions embed;
  private Optional<Broadcast<BackboneModel>> backbone = Optional.empty();
  private Optional<Broadcast<SerializableConfiguration>> configuration = Optional.empty();
  private final ResourceWatch watch;
  private Optional<MemoryPlan> memory = Optional.empty();

  private RunContext(Builder builder) {
    this.session = builder.session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sessionState().newHadoopConf();
    this.progress = builder.progress;
    this.options = builder.options;
    this.cancellation = builder.cancellation.orElseGet(() -> new Cancellation(spark));
    this.model = builder.model;
    this.embed = builder.embed;
    this.watch = new ResourceWatch(spark);
  }

  /** Begins a context with a session. */
  public static Builder builder(SparkSession session) {
    return new Builder(session);
  }

  /** The session that the run was given. */
  public SparkSession session() {
    return session;
  }

  /** The Spark context of the session. */
  public JavaSparkContext spark() {
    return spark;
  }

  /** Names the file systems, on the driver. */
  public Configuration hadoop() {
    return hadoop;
  }

  /** Receives what the run reports. */
  public Progress progress() {
    return progress;
  }

  /** How the run uses the cluster. */
  public RunOptions options() {
    return options;
  }

  /** How images go through the network. */
  public EmbedOptions embed() {
    return embed;
  }

  /** What the categories take of driver and executors. */
  public ResourceWatch watch() {
    return watch;
  }

  /** Where banks can be; by the driver's memory alone where the executors were not asked. */
  public synchronized MemoryPlan memory() {
    if (memory.isEmpty()) {
      plan(List.of());
    }
    return memory.get();
  }

  /** Plans with the memory of the executors, as they reported it. */
  public synchronized void plan(Collection<ProcessMemory> reported) {
    SparkConf conf = spark.getConf();
    long processes = Math.max(1, reported.stream().map(ProcessMemory::id).distinct().count());
    int cores =
        conf.getInt(
            "spark.executor.cores",
            Math.toIntExact((spark.defaultParallelism() + processes - 1) / processes));
    int slots = Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
    memory =
        Optional.of(
            new MemoryPlan(
                ClusterMemory.of(
                    conf,
                    ProcessMemory.here("driver", SparkEnv.get().executorId()),
                    reported,
                    slots,
                    model.map(network -> network.spec().channels()).orElse(0))));
  }

  /** Adds what the run's categories took of memory and storage to its manifest. */
  public RunInfo withResources(RunInfo info) {
    Map<String, Object> use = new LinkedHashMap<>();
    use.put("available", memory().describe());
    use.put("peak_by_category", watch.describePeaks());
    return info.with("memory", use).with("storage_retries", watch.describeRetries());
  }

  /** Whether the run is to end soon and without results. */
  public boolean isCancelled() {
    return cancellation.isRequested();
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Whether there is a network; a run that reads no image needs none. */
  public boolean hasBackbone() {
    return model.isPresent();
  }

  /**
   * The network, for tasks.
   *
   * @throws IllegalStateException if the run has none
   */
  public synchronized Broadcast<BackboneModel> backbone() {
    if (backbone.isEmpty()) {
      BackboneModel network =
          model.orElseThrow(() -> new IllegalStateException("The run has no network"));
      backbone = Optional.of(spark.broadcast(network));
    }
    return backbone.get();
  }

  /** Names the file systems, for tasks. */
  public synchronized Broadcast<SerializableConfiguration> configuration() {
    if (configuration.isEmpty()) {
      configuration = Optional.of(spark.broadcast(new SerializableConfiguration(hadoop)));
    }
    return configuration.get();
  }

  /** Spark partitions for a pass: those asked for, otherwise those that suit the work. */
  public int partitions(int natural) {
    return options.partitions().orElse(natural);
  }

  /** Partitions for work on so many items that each core takes several of. */
  public int partitionsOf(int items) {
    return partitions(Math.max(1, Math.min(items, 4 * spark.defaultParallelism())));
  }

  /** How many of so many categories run at the same time. */
  public int atOnce(int categories) {
    // By itself, enough to keep the cores busy while one category is between two passes.
    return Math.min(
        categories,
        options.concurrentCategories().orElse(Math.max(2, spark.defaultParallelism() / 4)));
  }

  @Override
  public synchronized void close() {
    backbone.ifPresent(Broadcast::destroy);
    backbone = Optional.empty();
    configuration.ifPresent(Broadcast::destroy);
    configuration = Optional.empty();
  }

  /** Collects what a run has; everything but the session may be left out. */
  public static final class Builder {
    private final SparkSession session;
    private Progress progress = Progress.SILENT;
    private RunOptions options = RunOptions.DEFAULT;
    private Optional<Cancellation> cancellation = Optional.empty();
    private Optional<BackboneModel> model = Optional.empty();
    private EmbedOptions embed = EmbedOptions.DEFAULT;

    private Builder(SparkSession session) {
      this.session = session;
    }

    /** Whom to report to; no one where it is left out. */
    public Builder progress(Progress value) {
      this.progress = value;
      return this;
    }

    /** How the run uses the cluster. */
    public Builder options(RunOptions value) {
      this.options = value;
      return this;
    }

    /** What ends the run from outside; its own where it is left out. */
    public Builder cancellation(Cancellation value) {
      this.cancellation = Optional.of(value);
      return this;
    }

    /** The network, and how images go through it. */
    public Builder backbone(BackboneModel value, EmbedOptions how) {
      this.model = Optional.of(value);
      this.embed = how;
      return this;
    }

    /** The context of what was collected. */
    public RunContext build() {
      return new RunContext(this);
    }
  }
}
