package io.nightjar.job;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.doctor.Finding;
import io.nightjar.job.doctor.ClusterProbe;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Examines what Spark gives: the executors, their memory and disks, whether Nightjar's classes and
 * native libraries load there, their clocks, and whether they can read given places. Runs small
 * jobs; an executor that cannot be asked is a finding.
 *
 * <pre>{@code
 * List<Finding> findings = new ProbeCluster(spark).places(List.of("s3a://factory/mvtec_ad")).execute();
 * }</pre>
 */
public final class ProbeCluster extends SparkAction<ProbeCluster, List<Finding>> {
  /** How long an answer is waited for where nothing else is said. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  private List<String> places = List.of();
  private EmbeddingSpec spec = EmbeddingSpec.of(Architecture.RESNET50);
  private Duration limit = DEFAULT_LIMIT;

  /**
   * Creates an examination; nothing runs before {@link #execute}.
   *
   * @param session the Spark session of the cluster
   */
  public ProbeCluster(SparkSession session) {
    super(session);
  }

  /**
   * Sets the places that every executor must be able to list and read.
   *
   * @param uris of files or folders on any Hadoop file system
   * @return this action
   */
  public ProbeCluster places(List<String> uris) {
    this.places = List.copyOf(uris);
    return this;
  }

  /**
   * Sets the network, which decides the engine that an executor would compute it with.
   *
   * @param embedding what the embedding consists of
   * @return this action
   */
  public ProbeCluster spec(EmbeddingSpec embedding) {
    this.spec = embedding;
    return this;
  }

  /**
   * Sets how long an answer is waited for.
   *
   * @param longest of each step on a place; executors have twice as long to come
   * @return this action
   */
  public ProbeCluster limit(Duration longest) {
    this.limit = longest;
    return this;
  }

  @Override
  List<Finding> perform(Configuration configuration) {
    return new ClusterProbe(session(), spec, places, limit).run(configuration);
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    given.put("places", places);
    given.put("backbone", spec.toString());
    given.put("timeout", limit);
  }

  @Override
  String outcome(List<Finding> result) {
    return Text.counted(result.size(), "finding", "findings");
  }

  @Override
  ProbeCluster self() {
    return this;
  }
}
