package io.nightjar.job.watch;

/** Follows a watch; called by one thread at a time. */
public interface WatchListener {
  /** Follows nothing. */
  WatchListener SILENT =
      new WatchListener() {
        @Override
        public void claimed() {}

        @Override
        public void changed(WatchReport report) {}
      };

  /** The folder for the results is the watch's own from now on. */
  void claimed();

  /**
   * A batch is done, or other files wait for their content.
   *
   * @param report how far the watch is
   */
  void changed(WatchReport report);
}
