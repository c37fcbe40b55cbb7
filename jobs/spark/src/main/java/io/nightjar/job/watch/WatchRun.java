package io.nightjar.job.watch;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.job.watch.source.FilesSource;
import io.nightjar.job.watch.source.FolderLister;
import io.nightjar.job.watch.source.WatchedFolder;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Runs a watch: claims its folder, and scores batch by batch until it ends.
 *
 * @param bank that is scored with
 * @param data the folder that is watched
 * @param out the folder for the results
 * @param driftWindow on how many of the last images drift and recent scores are measured
 * @param stop ends the watch
 * @param given all that the watch was given, for its summary
 */
record WatchRun(
    SparkSession session,
    BankLocation bank,
    String data,
    String out,
    WatchScoring scoring,
    WatchPace pace,
    int driftWindow,
    WatchListener listener,
    StopRequest stop,
    Map<String, Object> given) {

  /**
   * Watches, and blocks until the end.
   *
   * @param result of the watch, taken while the folder is still its own
   * @throws InvalidInputException for what the user can mend
   */
  <R> R toEnd(Configuration configuration, Function<Watch, R> result) {
    new InputPlaces(configuration)
        .folder("--bank", bank.uri())
        .folder("--data", data)
        .requireApart("--out", out);
    FolderLister lister = new FolderLister(data, configuration);
    requireNoSelection();
    BankInUse inUse = new BankInUse(session, bank, scoring, configuration);
    inUse.current();
    try (WatchPlace place = WatchPlace.claim(out, request(lister, configuration), configuration)) {
      listener.claimed();
      Ledger ledger = place.ledger();
      Watch watch =
          new Watch(place, ledger, inUse, scoring.rates().isAsked(), driftWindow, listener, given);
      watch.say();
      run(place, ledger, lister, watch, configuration);
      return result.apply(watch);
    }
  }

  private void run(
      WatchPlace place,
      Ledger ledger,
      FolderLister lister,
      Watch watch,
      Configuration configuration) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    try (WatchedFolder watched =
        new WatchedFolder(
            lister,
            ledger,
            pace.mostFiles(),
            context.defaultParallelism(),
            context.broadcast(new SerializableConfiguration(configuration)),
            watch::listed)) {
      new BatchQuery(watched, watch::batch, stop)
          .run(
              session
                  .readStream()
                  .format(FilesSource.class.getName())
                  .option(FilesSource.WATCH, watched.id())
                  .load()
                  .writeStream()
                  .option("checkpointLocation", place.sparkCheckpoint())
                  .trigger(pace.sparkTrigger()));
    }
  }

  /** All rows of a folder are of one bank, one folder and one way of scoring. */
  private Map<String, Object> request(FolderLister lister, Configuration configuration) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("bank", HadoopPaths.qualified(bank.uri(), configuration));
    request.put("data", lister.root().toString());
    request.putAll(scoring.ofRows());
    return request;
  }

  private void requireNoSelection() {
    if (scoring.rates().falseDiscoveries().isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s selects among all images of a run, and a watch has no end; leave it"
                  + " out.",
              DecisionRates.FALSE_DISCOVERIES));
    }
  }
}
