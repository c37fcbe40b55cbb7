package io.nightjar.job;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.folder.Request;
import io.nightjar.job.monitor.MeteredProgress;
import io.nightjar.job.options.Progress;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.job.run.Cancellation;
import io.nightjar.job.run.JobScope;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Addresses;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One piece of work on a cluster: collects what it needs by fluent setters, then executes once.
 * {@code options} has an overload for each set of options that the action obeys.
 *
 * <p>The Spark jobs of an action carry a tag of its own, so that {@link #cancel} ends them and no
 * others. The caller's job group, description and other local properties are the same after {@link
 * #execute} as before.
 *
 * @param <A> the action itself
 * @param <R> its result
 */
public abstract class SparkAction<A extends SparkAction<A, R>, R> {
  /** Of the object, not of the class: the defaults of actions are read where nothing is logged. */
  private final Logger log = LoggerFactory.getLogger(SparkAction.class);

  private final SparkSession session;
  private Cancellation cancellation;
  private List<String> categories = List.of();
  private Progress progress = Progress.SILENT;

  SparkAction(SparkSession session) {
    this.session = ClassicSession.require(Objects.requireNonNull(session, "session"), name());
    this.cancellation = new Cancellation(JavaSparkContext.fromSparkContext(session.sparkContext()));
  }

  /**
   * Sets the categories to work on.
   *
   * @param names of categories; empty for all
   * @return this action
   */
  public A categories(List<String> names) {
    this.categories = List.copyOf(names);
    return self();
  }

  /**
   * Receives how far the action has come.
   *
   * @param listener called from several threads while the action runs
   * @return this action
   */
  public A progress(Progress listener) {
    this.progress = Objects.requireNonNull(listener, "listener");
    return self();
  }

  /**
   * Runs the action; blocks until it ends. A category that fails is reported in the result; the
   * others go on.
   *
   * @return the result, with the categories that failed
   * @throws InvalidInputException for what the user can mend, before any heavy work
   * @throws CancellationException after {@link #cancel}; a category that was not finished left no
   *     results
   */
  public final R execute() {
    long begun = System.nanoTime();
    log.info("{} begins: {}", name(), Addresses.redacted(describe().toString()));
    JobScope scope = JobScope.enter(session.sparkContext(), cancellation);
    try {
      R result = perform(session.sessionState().newHadoopConf());
      log.info("{} ended after {} s: {}", name(), seconds(begun), outcome(result));
      return result;
    } catch (Exception e) { // Scala throws SparkException, a checked one, undeclared
      if (cancellation.isRequested()) {
        cancellation.awaitIdleExecutors();
        log.info("{} was cancelled after {} s", name(), seconds(begun));
        throw e instanceof CancellationException
            ? (CancellationException) e
            : Cancellation.exception();
      }
      log.info(
          "{} ended after {} s without a result: {}",
          name(),
          seconds(begun),
          Addresses.redacted(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      scope.close();
    }
  }

  /** Ends a running {@link #execute} from another thread, soon and without results. */
  public final void cancel() {
    cancellation.request();
  }

  /**
   * All that the action was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public final Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    describe(given);
    return given;
  }

  /** Adds what the action was given, by the names of the command line's options. */
  void describe(Map<String, Object> given) {
    if (!categories.isEmpty()) {
      given.put("category", categories);
    }
  }

  /**
   * What the action is asked to do, by which a scheduler's second attempt is known for one.
   *
   * @param subject what the options name, with versions and hashes
   * @param files that were found
   */
  final Request request(Map<String, Object> subject, Collection<String> files) {
    Map<String, Object> given = describe();
    given.remove("overwrite");
    given.put("action", name());
    given.put("subject", subject);
    given.put("creator", BuildInfo.creator());
    return Request.of(given, files);
  }

  /**
   * Makes the action a part of another one, which runs it by {@link #perform}: it is cancelled with
   * that.
   *
   * @param listener of this part
   */
  final void within(SparkAction<?, ?> whole, Progress listener) {
    cancellation = whole.cancellation;
    progress = listener;
  }

  final Progress progress() {
    return progress;
  }

  /** Says that the folder for the results is the action's. */
  final void claimed() {
    progress.claimed();
  }

  /** Does the work, from the validation of what was given to the results. */
  abstract R perform(Configuration configuration);

  /** How many categories have results and how many failed, for the log. */
  abstract String outcome(R result);

  abstract A self();

  final SparkSession session() {
    return session;
  }

  final List<String> categories() {
    return categories;
  }

  /** A run of this action. */
  final RunContext.Builder run() {
    return RunContext.builder(session)
        .progress(new MeteredProgress(progress))
        .cancellation(cancellation);
  }

  private String name() {
    return getClass().getSimpleName();
  }

  private static long seconds(long begun) {
    return Math.round((System.nanoTime() - begun) / 1e9);
  }
}
