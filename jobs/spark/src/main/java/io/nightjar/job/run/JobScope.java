package io.nightjar.job.run;

import java.util.Properties;
import org.apache.spark.SparkContext;

/**
 * The Spark jobs of one run: they carry its tag next to the caller's own. Closing it gives the
 * caller's thread back the group, description, tags, pool and all other local properties that it
 * had. Threads that begin within the scope inherit its properties.
 *
 * <p>The caller's job group stays in place, so that cancelling a notebook's cell ends the run's
 * jobs too; its tasks then end with the batch of images at hand and are never interrupted in native
 * code.
 */
public final class JobScope implements AutoCloseable {
  private final SparkContext context;
  private final Properties before;

  private JobScope(SparkContext context, Properties before) {
    this.context = context;
    this.before = before;
  }

  /** Enters the scope on the current thread, which must close it. */
  public static JobScope enter(SparkContext context, Cancellation cancellation) {
    Properties before = context.getLocalProperties();
    context.setLocalProperties((Properties) before.clone());
    context.addJobTag(cancellation.tag());
    context.setLocalProperty("spark.job.interruptOnCancel", "false");
    return new JobScope(context, before);
  }

  @Override
  public void close() {
    context.setLocalProperties(before);
  }
}
