package io.nightjar.job.watch;

/** Whether a watch is to end after the batch that is running. */
final class StopRequest {
  private volatile boolean asked;

  void ask() {
    asked = true;
  }

  boolean isAsked() {
    return asked;
  }
}
