package io.nightjar.job.monitor;

import io.nightjar.job.options.Progress;
import io.nightjar.job.options.StageWork;
import java.util.Map;

/** Counts what an action reports, and passes it on. */
public final class MeteredProgress implements Progress {
  private final Progress listener;
  private final RunMeters meters;

  /** Counts in the meters of the process. */
  public MeteredProgress(Progress listener) {
    this(listener, RunMeters.ofTheProcess());
  }

  MeteredProgress(Progress listener, RunMeters meters) {
    this.listener = listener;
    this.meters = meters;
  }

  /** Categories of two actions may have one name. */
  private record Of(MeteredProgress action, String category) {}

  @Override
  public void part(String name, int number, int parts) {
    listener.part(name, number, parts);
  }

  @Override
  public void begins(Map<String, Integer> images) {
    meters.begin(images.size());
    listener.begins(images);
  }

  @Override
  public void stage(String category, StageWork work) {
    meters.stage(new Of(this, category), work);
    listener.stage(category, work);
  }

  @Override
  public void leftOut(String category, int files) {
    meters.leftOut(new Of(this, category), files);
    listener.leftOut(category, files);
  }

  @Override
  public void finished(String category, String summary) {
    meters.finished(new Of(this, category));
    listener.finished(category, summary);
  }

  @Override
  public void failed(String category, String reason) {
    meters.failed(new Of(this, category));
    listener.failed(category, reason);
  }
}
