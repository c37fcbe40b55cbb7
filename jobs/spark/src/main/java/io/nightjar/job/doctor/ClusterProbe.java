package io.nightjar.job.doctor;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.doctor.Examination;
import io.nightjar.doctor.Finding;
import io.nightjar.doctor.TimeLimit;
import io.nightjar.doctor.storage.StorageProbe;
import io.nightjar.job.memory.ClusterMemory;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.memory.ProcessMemory;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Spark gives to this application, and what its executors say. */
public final class ClusterProbe {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterProbe.class);

  /** A cluster starts processes, and machines for them. */
  private static final int LIMITS_OF_START = 2;

  /** Executors load the native libraries before they look at places. */
  private static final int LIMITS_OF_ANSWER = 3;

  private final JavaSparkContext spark;
  private final ExecutorQuestions questions;
  private final EmbeddingSpec spec;
  private final List<String> places;
  private final Duration limit;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A probe of a session's cluster.
   *
   * @param places for executors to list and read
   * @param limit of each step on a place
   */
  public ClusterProbe(
      SparkSession session, EmbeddingSpec spec, List<String> places, Duration limit) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.questions = new ExecutorQuestions(spark);
    this.spec = spec;
    this.places = places;
    this.limit = limit;
  }

  /** Asks; whatever fails is a finding. */
  public List<Finding> run(Configuration configuration) {
    List<String> remote = spark.isLocal() ? List.of() : places;
    Map<String, ExecutorAnswer> answers;
    try {
      Duration waited = limit.multipliedBy(LIMITS_OF_START);
      if (!questions.awaitFirst(waited)) {
        application(Map.of(), List.of());
        findings.add(none(waited));
        return List.copyOf(findings);
      }
      answers =
          TimeLimit.call(
              limit.multipliedBy(LIMITS_OF_ANSWER + remote.size()),
              () -> questions.ask(spec, remote, configuration, limit));
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      LOG.info("The executors could not be asked", e);
      if (!spark.sc().isStopped()) {
        application(questions.registered(), List.of());
      }
      findings.add(unanswered(e));
      return List.copyOf(findings);
    }
    application(questions.registered(), answers.values());
    findings.addAll(
        ClusterFindings.executors(
            BuildInfo.creator(), Runtime.version().toString(), answers.values()));
    missing(answers.keySet());
    findings.add(ClusterFindings.disk(answers.values()));
    if (!spark.isLocal()) {
      clocks();
    }
    for (String place : remote) {
      findings.add(
          ClusterFindings.place(
              place, StorageProbe.unreadable(place, configuration, limit), answers.values()));
    }
    return List.copyOf(findings);
  }

  private void application(Map<String, Long> registered, Collection<ExecutorAnswer> answers) {
    SparkConf conf = spark.getConf();
    String cores =
        conf.get("spark.executor.cores", spark.isLocal() ? "all of the driver's" : "the default");
    String heap =
        spark.isLocal()
            ? "the driver's"
            : conf.get("spark.executor.memory", "1g (Spark's default)");
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("application", spark.sc().applicationId());
    figures.put("master", spark.master());
    figures.put("deploy_mode", spark.sc().deployMode());
    figures.put("executors", registered.size());
    figures.put("cores_each", cores);
    figures.put("heap_each", heap);
    figures.put("parallelism", spark.defaultParallelism());
    figures.put("dynamic_allocation", conf.getBoolean("spark.dynamicAllocation.enabled", false));
    String sentence =
        Text.format(
            "%s at %s (deploy mode %s): %s; cores of each: %s; heap of each: %s; %d tasks at once.",
            spark.sc().applicationId(),
            spark.master(),
            spark.sc().deployMode(),
            spark.isLocal()
                ? "tasks run in this process"
                : Text.counted(registered.size(), "executor", "executors"),
            cores,
            heap,
            spark.defaultParallelism());
    findings.add(
        conf.getBoolean("spark.dynamicAllocation.enabled", false)
            ? new Finding.Note(
                "application",
                sentence + " Executors come and go (dynamic allocation).",
                "Set spark.dynamicAllocation.enabled=false: embeddings between two passes are on the"
                    + " executors' disks, and go with one that is given back.",
                figures)
            : new Finding.Ok("application", sentence, figures));
    if (!answers.isEmpty()) {
      memory(registered, answers);
    }
  }

  /** What is left for memory banks, as runs plan with it. */
  private void memory(Map<String, Long> registered, Collection<ExecutorAnswer> answers) {
    SparkConf conf = spark.getConf();
    int processes = Math.max(1, registered.size());
    // As a run plans: RunContext.
    int cores =
        conf.getInt(
            "spark.executor.cores", (spark.defaultParallelism() + processes - 1) / processes);
    int slots = Math.max(1, cores / conf.getInt("spark.task.cpus", 1));
    ClusterMemory memory =
        ClusterMemory.of(
            conf,
            ProcessMemory.here(SparkEnv.get().blockManager().blockManagerId().host(), "driver"),
            answers.stream().map(ExecutorAnswer::memory).toList(),
            slots,
            spec.channels());
    Map<String, Object> figures = new LinkedHashMap<>(new MemoryPlan(memory).describe());
    long storage = registered.values().stream().mapToLong(Long::longValue).sum();
    figures.put("storage_bytes", storage);
    long heap = (Long) figures.get("driver_heap_for_banks_bytes");
    long ofExecutor = (Long) figures.get("executor_heap_for_banks_bytes");
    String sentence =
        Text.format(
            "Spark keeps up to %d MiB of blocks in memory; memory banks may take %d MiB of the driver's"
                + " heap and %d MiB of an executor's.",
            storage >> 20, heap >> 20, ofExecutor >> 20);
    findings.add(
        Math.min(heap, ofExecutor) == 0
            ? new Finding.Problem(
                "memory of tasks",
                sentence,
                "Give the processes larger heaps (spark.driver.memory, spark.executor.memory, -Xmx in"
                    + " NIGHTJAR_JAVA_OPTS), or fewer cores each: every task takes some.",
                figures)
            : new Finding.Ok("memory of tasks", sentence, figures));
  }

  private void missing(Set<String> answered) {
    Set<String> silent = new TreeSet<>(questions.registered().keySet());
    silent.removeAll(answered);
    if (!silent.isEmpty()) {
      findings.add(
          new Finding.Note(
              "executors",
              Text.format("Spark gave no task to %s.", String.join(", ", silent)),
              "Run it again while the cluster is idle; an executor that never takes a task is hung or"
                  + " excluded.",
              Map.of("silent", silent)));
    }
  }

  private void clocks() {
    try {
      Map<String, Double> skews =
          TimeLimit.call(limit.multipliedBy(LIMITS_OF_ANSWER), questions::skews);
      findings.add(ClusterFindings.clock(skews));
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      findings.add(unanswered(e));
    }
  }

  private static Finding none(Duration waited) {
    return Finding.problem(
        "executors",
        Text.format("No executor has come within %s.", TimeLimit.words(waited)),
        "Look at the cluster's own page: it may have no free cores or memory of the size that is asked"
            + " for (spark.executor.cores, spark.executor.memory), executors may end as soon as they"
            + " start (their own logs), or cannot connect to the driver (spark.driver.host, firewalls).");
  }

  private Finding unanswered(Exception e) {
    if (spark.sc().isStopped()) {
      return Finding.problem(
          "executors",
          "The cluster has ended the application.",
          "It does so where executors end again and again as soon as they start, and where an operator"
              + " or a scheduler kills it: the executors' logs and the cluster's page say why.");
    }
    if (e instanceof TimeoutException) {
      return Finding.problem(
          "executors",
          Text.format(
              "%s, and did not all answer in time.",
              Text.counted(
                  questions.registered().size(),
                  "executor has registered",
                  "executors have registered")),
          "Look at the executors' logs and thread dumps (Spark's page); give a busy cluster a longer"
              + " --timeout.");
    }
    return Finding.problem(
        "executors",
        Text.format(
            "The job on the executors failed: %s.",
            Examination.reason(e instanceof ExecutionException ? e.getCause() : e)),
        "If a class is missing there, the jar did not reach the executors (spark-submit copies it;"
            + " --conf spark.jars=...); the executors' logs say more.");
  }
}
