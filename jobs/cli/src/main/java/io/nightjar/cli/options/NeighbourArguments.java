package io.nightjar.cli.options;

import io.nightjar.job.options.RunOptions;
import io.nightjar.job.options.SearchOptions;
import picocli.CommandLine.Option;

/** How patches are compared with a memory bank. */
public final class NeighbourArguments {
  @Option(
      names = {"--neighbours", "--neighbors"},
      paramLabel = "K",
      description = "Nearest bank rows whose mean distance is a score (default: ${DEFAULT-VALUE}).")
  private int neighbours;

  @Option(
      names = "--broadcast-limit",
      paramLabel = "SIZE",
      description =
          "Largest memory bank (bytes of its rows, such as 512m or 2g) that every executor holds as"
              + " a whole; a larger one is searched in shards on the executors' disks, with the"
              + " same results. auto decides by the memory of driver and executors (default:"
              + " ${DEFAULT-VALUE}).")
  private String broadcastLimit;

  /** With an exact search. */
  public SearchOptions toOptions() {
    SearchOptions options = SearchOptions.DEFAULT.withNeighbours(neighbours);
    return broadcastLimit.strip().equalsIgnoreCase(RunOptions.AUTO)
        ? options
        : options.withBroadcastLimit(ByteSize.parse("broadcast-limit", broadcastLimit));
  }
}
