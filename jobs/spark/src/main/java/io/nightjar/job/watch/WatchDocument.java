package io.nightjar.job.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.nightjar.job.run.BuildInfo;
import io.nightjar.json.Json;
import io.nightjar.metric.drift.ScoreDrift;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The summary of a watch, {@value #NAME}, which is replaced after every batch. */
record WatchDocument(
    int formatVersion,
    String creator,
    String started,
    String updated,
    Map<String, Object> options,
    String category,
    int bankVersion,
    int batches,
    Map<String, Long> files,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long anomalous,
    int waitingFiles,
    List<String> waiting,
    @JsonInclude(JsonInclude.Include.NON_NULL) LastBatch lastBatch,
    Recent recent) {
  /** Its file in the folder. */
  static final String NAME = "watch.json";

  private static final int FORMAT = 1;

  record LastBatch(
      int batch,
      int rows,
      int others,
      String scored,
      double seconds,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double delaySeconds) {
    static LastBatch of(WatchReport.LastBatch last) {
      return new LastBatch(
          last.batch(),
          last.rows(),
          last.others(),
          Instant.ofEpochMilli(last.scored()).toString(),
          last.seconds(),
          Double.isNaN(last.delaySeconds()) ? null : (Double) last.delaySeconds());
    }
  }

  record Recent(
      int images,
      @JsonInclude(JsonInclude.Include.NON_NULL) Long anomalous,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double medianScore,
      @JsonInclude(JsonInclude.Include.NON_NULL) Drift drift) {
    static Recent of(WatchReport.Recent recent, boolean decided) {
      return new Recent(
          recent.images(),
          decided ? (Long) recent.anomalous() : null,
          recent.imageScores().map(scores -> scores.median()).orElse(null),
          recent.drift().map(Drift::of).orElse(null));
    }
  }

  /** Jackson would write two capitals in a row as one word. */
  record Drift(
      boolean drifted,
      double psi,
      double psiLimit,
      @JsonProperty("ks_p_value") double ksProbability) {
    static Drift of(ScoreDrift drift) {
      return new Drift(drift.drifted(), drift.psi().value(), drift.psiLimit(), drift.ks().pValue());
    }
  }

  /** Of a watch as it is now. */
  static WatchDocument of(WatchReport report, Instant started, Map<String, Object> options) {
    return new WatchDocument(
        FORMAT,
        BuildInfo.creator(),
        started.toString(),
        Instant.now().toString(),
        options,
        report.category(),
        report.bankVersion(),
        report.batches(),
        report.files().byOutcome(),
        report.decided() ? (Long) report.files().anomalous() : null,
        report.waitingFiles(),
        report.waiting(),
        report.last().map(LastBatch::of).orElse(null),
        Recent.of(report.recent(), report.decided()));
  }

  byte[] json() {
    return (Json.indented(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
