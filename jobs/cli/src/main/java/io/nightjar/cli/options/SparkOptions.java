package io.nightjar.cli.options;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.NativeLibraries;
import io.nightjar.io.NioLocalFileSystem;
import io.nightjar.job.MetricsPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext$;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** Where the job runs. Under spark-submit, its own settings apply. */
public final class SparkOptions {
  private static final String PLUGINS = "spark.plugins";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master (default: what spark-submit says, otherwise local[*]).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A Spark property; may be given more than once.")
  private Map<String, String> properties = new LinkedHashMap<>();

  /**
   * Starts Spark, or takes the one that runs in this process.
   *
   * @throws InvalidInputException if that would have to take settings from the command line
   */
  public RunningSpark start(String name) {
    return start(name, Map.of());
  }

  /**
   * The same with properties that Spark needs for what is asked of it; those that are set stay, and
   * a Spark that runs is taken to have them.
   */
  public RunningSpark start(String name, Map<String, String> needed) {
    NativeLibraries.prepare();
    if (RunningSpark.isHosted()) {
      return RunningSpark.ofHost(master != null || !properties.isEmpty());
    }
    SparkConf conf = configuration(name);
    needed.forEach(conf::setIfMissing);
    return RunningSpark.started(conf);
  }

  /** The configuration of the application. */
  public SparkConf configuration(String name) {
    SparkConf conf = new SparkConf().setAppName(name);
    // Otherwise the names of metrics hold the application's number, which is new for each run.
    conf.setIfMissing("spark.metrics.namespace", "nightjar");
    // FAIR lets the categories share the cluster; each has a pool of its own.
    conf.setIfMissing("spark.scheduler.mode", "FAIR");
    // Banks come through the driver on their way into a broadcast.
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    // What goes over the network here is weights, patches and sums, which hardly compress.
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing("spark.shuffle.compress", "false");
    // With its header, an array of 4 MiB takes a region of the collector more than one that is a
    // little
    // smaller: a half more memory with regions of 2 MiB, twice as much with those of 4 MiB.
    conf.setIfMissing("spark.broadcast.blockSize", "4095k");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    properties.forEach(conf::set);
    conf.setAppName(plain(conf.get("spark.app.name")));
    if (master != null) {
      conf.setMaster(master);
    }
    addPlugin(conf);
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      // A run on one machine talks to itself alone.
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.ui.enabled", "false");
      // A task that runs out of memory fails its category, and does not end the whole run.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      // Executors of a cluster fetch this class only after they have used the file system.
      conf.setIfMissing(
          "spark.hadoop." + NioLocalFileSystem.PROPERTY, NioLocalFileSystem.class.getName());
    }
    return conf;
  }

  /**
   * A name that Spark's Prometheus pages can show: they write it as it is between quotation marks,
   * and one more makes every line of the executors' page invalid.
   */
  private static String plain(String name) {
    return name.replaceAll("[\"\\\\]", "'").replaceAll("\\p{Cntrl}", " ");
  }

  /** Next to the plugins that were asked for. */
  private static void addPlugin(SparkConf conf) {
    String own = MetricsPlugin.class.getName();
    String others = conf.get(PLUGINS, "").strip();
    if (!List.of(others.split("\\s*,\\s*", -1)).contains(own)) {
      conf.set(PLUGINS, others.isEmpty() ? own : others + "," + own);
    }
  }

  /**
   * The Spark that a command runs on: started for it and stopped with it, or a host's, such as
   * Databricks', that was there before and stays.
   */
  public static final class RunningSpark implements AutoCloseable {
    private static volatile boolean hostSeen;

    private final SparkSession session;
    private final boolean hosted;

    private RunningSpark(SparkSession session, boolean hosted) {
      this.session = session;
      this.hosted = hosted;
    }

    /**
     * Whether Spark runs in this process already, which then belongs to somebody else: a session of
     * the process or of this thread, or a context of which no session was made.
     */
    public static boolean isHosted() {
      return SparkContext$.MODULE$.getActive().exists(context -> !context.isStopped());
    }

    /**
     * Whether the command that has just ended had a host, even one whose Spark has ended meanwhile.
     * A Spark that was started for the command has been stopped, and is no host.
     */
    public static boolean wasHosted() {
      return hostSeen || isHosted();
    }

    static RunningSpark started(SparkConf conf) {
      return new RunningSpark(SparkSession.builder().config(conf).getOrCreate(), false);
    }

    /**
     * @param wanted whether the command line has settings for Spark
     * @throws InvalidInputException if there are some, which a Spark that runs cannot take
     */
    static RunningSpark ofHost(boolean wanted) {
      if (wanted) {
        throw new InvalidInputException(
            "Spark runs in this process already, so --master and --conf would change nothing. Leave"
                + " them out, and set Spark's properties where it is started, such as in the"
                + " settings of the cluster.");
      }
      hostSeen = true;
      return new RunningSpark(SparkSession.builder().getOrCreate(), true);
    }

    public SparkSession session() {
      return session;
    }

    /** Whether the process is a host's. */
    public boolean isOfHost() {
      return hosted;
    }

    /** Stops Spark, unless it is a host's. */
    @Override
    public void close() {
      if (!hosted) {
        session.stop();
      }
    }
  }
}
