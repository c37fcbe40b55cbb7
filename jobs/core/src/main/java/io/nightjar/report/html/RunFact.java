package io.nightjar.report.html;

import io.nightjar.report.Numbers;
import io.nightjar.report.RunInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a reader asks first about a run: when, on what, with what.
 *
 * @param term what it is
 * @param shown its value
 * @param below in small letters; may be empty
 */
public record RunFact(String term, String shown, String below) {
  private static final int HASH = 12;

  /** What the record of the run has of these. */
  static List<RunFact> of(RunInfo run) {
    Map<String, Object> details = run.details();
    List<RunFact> facts = new ArrayList<>();
    add(facts, "Started", Numbers.minute(text(details, "started")), "");
    Map<?, ?> data = map(details, "data");
    add(facts, "Data set", text(data, "root"), text(data, "read_as"));
    add(facts, "Maps", text(map(details, "maps"), "root"), "");
    add(
        facts,
        "Averaged",
        map(map(details, "ensemble"), "members").keySet().stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ")),
        "");
    Map<?, ?> backbone = map(details, "backbone");
    add(
        facts,
        "Weights",
        text(backbone, "weights"),
        sentence(
            text(backbone, "architecture"), hash("SHA-256 ", text(backbone, "weights_sha256"))));
    Map<?, ?> versions = map(details, "versions");
    add(
        facts,
        "Nightjar",
        text(versions, "nightjar"),
        hash("commit ", text(versions, "nightjar_commit")));
    return facts;
  }

  private static void add(List<RunFact> facts, String term, String shown, String below) {
    if (!shown.isEmpty()) {
      facts.add(new RunFact(term, shown, below));
    }
  }

  private static String sentence(String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }

  private static String hash(String name, String hash) {
    return hash.isEmpty()
        ? ""
        : name
            + Arrays.stream(hash.split(",", -1))
                .map(one -> one.substring(0, Math.min(HASH, one.length())))
                .collect(Collectors.joining(" and "));
  }

  private static Map<?, ?> map(Map<?, ?> details, String key) {
    return details.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(Map<?, ?> details, String key) {
    return details.get(key) instanceof String text ? text : "";
  }
}
