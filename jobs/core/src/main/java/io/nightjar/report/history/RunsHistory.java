package io.nightjar.report.history;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All runs below a folder over time.
 *
 * @param root their folder, qualified
 * @param made when this was found
 * @param dataSets that of the newest run first
 * @param notes sentences on runs and their times
 * @param passedOver sentences on folders that hold no run which can be used
 * @param fresh the runs that were read now, by path; all others were remembered
 * @param gone the runs that are remembered and whose folder is no longer there, by path
 */
public record RunsHistory(
    String root,
    Instant made,
    List<DataSetHistory> dataSets,
    List<String> notes,
    List<String> passedOver,
    Set<String> fresh,
    Set<String> gone) {
  /**
   * Takes unchangeable copies.
   *
   * @param root their folder, qualified
   * @param made when this was found
   * @param dataSets that of the newest run first
   * @param notes sentences on runs and their times
   * @param passedOver sentences on folders that hold no run which can be used
   * @param fresh the runs that were read now, by path; all others were remembered
   * @param gone the runs that are remembered and whose folder is no longer there, by path
   */
  public RunsHistory {
    dataSets = List.copyOf(dataSets);
    notes = List.copyOf(notes);
    passedOver = List.copyOf(passedOver);
    fresh = Set.copyOf(fresh);
    gone = Set.copyOf(gone);
  }

  /**
   * All runs, those of one data set after those of another.
   *
   * @return within a data set by their time
   */
  public Stream<RunRecord> runs() {
    return dataSets.stream().flatMap(set -> set.runs().stream());
  }

  /**
   * The number of runs of all data sets.
   *
   * @return at least 1 in what {@link HistoryReader} reads
   */
  public int size() {
    return dataSets.stream().mapToInt(set -> set.runs().size()).sum();
  }
}
