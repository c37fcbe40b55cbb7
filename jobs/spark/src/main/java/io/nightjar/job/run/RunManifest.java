package io.nightjar.job.run;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.Catalogue;
import io.nightjar.io.HadoopPaths;
import io.nightjar.job.options.RunLabel;
import io.nightjar.report.RunInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Everything that makes a run reproducible, gathered for {@code run.json}. */
public final class RunManifest {
  /** The key of the banks. */
  public static final String BANKS = "banks";

  private final SparkSession session;
  private final String data;
  private final Map<String, Object> subject;
  private final Map<String, Object> options;
  private final RunLabel label;
  private final Map<String, Object> layout = new LinkedHashMap<>();
  private final Map<String, Object> request = new LinkedHashMap<>();
  private final Instant started = Instant.now();
  private final long startNanos = System.nanoTime();

  /**
   * The manifest of a run that begins now.
   *
   * @param data the data set's root, as it was given
   * @param subject what is evaluated on the data: the network, or where the maps come from
   * @param options by the names the command line gives them
   */
  public RunManifest(
      SparkSession session,
      String data,
      Map<String, Object> subject,
      Map<String, Object> options,
      RunLabel label) {
    this.session = session;
    this.data = place(session, data);
    this.subject = subject;
    this.options = options;
    this.label = label;
  }

  /**
   * A place as records name it: two runs that were given the same words in different folders had
   * different places.
   *
   * @param location as it was given
   * @return it in full
   */
  public static String place(SparkSession session, String location) {
    return HadoopPaths.qualified(location, session.sparkContext().hadoopConfiguration());
  }

  /**
   * Records what the run was asked to do.
   *
   * @param field by which a repetition finds it
   * @param sha256 of the request
   */
  public RunManifest request(String field, String sha256) {
    request.put(field, sha256);
    return this;
  }

  /** Records what the data set was read as. */
  public RunManifest of(Catalogue found) {
    layout.put("read_as", found.description());
    return this;
  }

  /**
   * What is known once the run has ended.
   *
   * @param hashes the SHA-256 of every file read by its path, by category
   * @param banks where each bank was and which it is; may be empty
   * @param reuse what was taken from the store of the run; empty where there was none
   */
  public RunInfo info(
      Map<String, Map<String, String>> hashes,
      Map<String, Object> banks,
      Map<String, Object> reuse) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("started", started.toString());
    details.put(RunInfo.WALL_SECONDS, (System.nanoTime() - startNanos) / 1e9);
    Map<String, Object> images = new LinkedHashMap<>(DataFingerprint.of(hashes).describe(data));
    images.putAll(layout);
    details.put("data", images);
    details.putAll(subject);
    if (!banks.isEmpty()) {
      details.put(BANKS, banks);
    }
    if (!reuse.isEmpty()) {
      details.put("reuse", reuse);
    }
    details.put("options", options);
    details.putAll(request);
    details.put("versions", BuildInfo.versions());
    details.put("spark", spark());
    return new RunInfo(label.title(), label.warnings(), details);
  }

  /** What the run is about, as it was given. */
  public Map<String, Object> subject() {
    return subject;
  }

  /** When the run began. */
  public Instant started() {
    return started;
  }

  /**
   * The shape of a network's input.
   *
   * @param sizes of its inputs, the smallest first, which is named alone where there is one
   * @param grid rows and columns of its patches
   */
  public static Map<String, Object> shape(List<Size> sizes, Size grid) {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("image_size", sizes.get(0).value());
    if (sizes.size() > 1) {
      shape.put("image_sizes", sizes.stream().map(Size::value).toList());
    }
    shape.put("grid", grid.value());
    return shape;
  }

  /** The network, as a subject. */
  public static Map<String, Object> method(BackboneModel model) {
    Map<String, Object> backbone = new LinkedHashMap<>();
    backbone.put("architecture", model.spec().backbones());
    backbone.put("layers", model.spec().layers());
    backbone.putAll(shape(model.spec().imageSizes(), model.spec().grid()));
    if (model.averages()) {
      backbone.put("finer_stages", "mean");
    }
    backbone.put("precision", model.spec().precision().id());
    backbone.put("channels", model.spec().channels());
    backbone.put("weights", model.weightsSource());
    backbone.put("weights_sha256", model.weightsSha256());
    Map<String, Object> method = new LinkedHashMap<>();
    method.put("backbone", backbone);
    return method;
  }

  private Map<String, Object> spark() {
    SparkContext context = session.sparkContext();
    Map<String, Object> spark = new LinkedHashMap<>();
    spark.put("application", context.applicationId());
    spark.put("master", context.master());
    spark.put("version", context.version());
    spark.put("parallelism", context.defaultParallelism());
    spark.put("task_cpus", context.getConf().getInt("spark.task.cpus", 1));
    return spark;
  }
}
