package io.nightjar.report;

import io.nightjar.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The run behind the figures.
 *
 * @param title the report's headline
 * @param warnings what makes the figures something else than they look like, such as random
 *     weights; empty for an ordinary run
 * @param details everything that makes the run reproducible, as {@code run.json} shows it: nested
 *     maps, lists, strings, numbers, booleans and nulls. A number under {@value #WALL_SECONDS} is
 *     shown as the run's duration.
 */
public record RunInfo(String title, List<String> warnings, Map<String, Object> details) {
  /** The key of the run's wall time in {@link #details}. */
  public static final String WALL_SECONDS = "wall_seconds";

  /** The key of the headline in {@code run.json}. */
  public static final String TITLE = "title";

  /** The key of the seconds of each stage, by category, in {@code run.json}. */
  public static final String SECONDS_BY_STAGE = "seconds_by_stage";

  /** The key of the notes, by category, in {@code run.json}. */
  public static final String NOTES = "notes";

  /** The key of the definitions of figures, by their names, in {@code run.json}. */
  public static final String DEFINITIONS = "definitions";

  /** What averaged maps were divided by: by category and by what they are of. */
  public static final String SCALES = "scales";

  /** Of the scores of normal images, by which averaged maps were divided. */
  public static final String SCALE_QUANTILE = "scale_quantile";

  /** The key of the paths of all files of the run, in {@code run.json}. */
  public static final String FILES = "files";

  /** Keys of {@code run.json} that are written from other parts of the report. */
  public static final Set<String> RESERVED =
      Set.of(Json.FORMAT_VERSION, TITLE, SECONDS_BY_STAGE, NOTES, DEFINITIONS, FILES);

  /**
   * Takes unchangeable copies, and refuses keys that the report itself writes.
   *
   * @param title the report's headline
   * @param warnings what makes the figures something else than they look like, such as random
   *     weights; empty for an ordinary run
   * @param details everything that makes the run reproducible, as {@code run.json} shows it: nested
   *     maps, lists, strings, numbers, booleans and nulls. A number under {@value #WALL_SECONDS} is
   *     shown as the run's duration.
   * @throws IllegalArgumentException if the details have a key of {@link #RESERVED}
   */
  public RunInfo {
    warnings = List.copyOf(warnings);
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    for (String key : details.keySet()) {
      if (RESERVED.contains(key)) {
        throw new IllegalArgumentException("The report itself writes \"" + key + "\" in run.json");
      }
    }
  }

  /**
   * The same with one more entry of the details, after the others.
   *
   * @param key of {@code run.json}; an entry of this name is replaced where it is
   * @param value as {@link #details} takes it
   * @return a new description of the run
   * @throws IllegalArgumentException if the key is one of {@link #RESERVED}
   */
  public RunInfo with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(key, value);
    return new RunInfo(title, warnings, more);
  }
}
