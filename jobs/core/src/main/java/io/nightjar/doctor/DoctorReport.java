package io.nightjar.doctor;

import io.nightjar.json.Json;
import io.nightjar.text.Text;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All findings of an examination.
 *
 * @param created when it ended
 * @param creator the program and its version
 * @param host the machine that was examined, and from which the rest was
 * @param sections the groups of checks
 */
public record DoctorReport(Instant created, String creator, String host, List<Section> sections) {
  /** The version of the format of {@code doctor.json}. */
  public static final int FORMAT_VERSION = 1;

  /** What the document says that it is. */
  public static final String DOCUMENT = "nightjar doctor";

  /** What its file is called in a folder. */
  public static final String NAME = "doctor.json";

  /** Copies the sections. */
  public DoctorReport {
    sections = List.copyOf(sections);
  }

  /** Findings with this verdict. */
  public long count(String verdict) {
    return sections.stream()
        .flatMap(section -> section.findings().stream())
        .filter(finding -> finding.verdict().equals(verdict))
        .count();
  }

  /** Whether nothing is in the way of a run. */
  public boolean isHealthy() {
    return count("problem") == 0;
  }

  /** The outcome in one sentence. */
  public String summary() {
    return Text.format(
        "%s, %s, %d ok: %s",
        Text.counted(count("problem"), "problem", "problems"),
        Text.counted(count("note"), "note", "notes"),
        count("ok"),
        isHealthy()
            ? "nothing that was checked is in the way of a run."
            : "mend the problems above first.");
  }

  /** The document {@code doctor.json}. */
  public String toJson() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(Json.FORMAT_VERSION, FORMAT_VERSION);
    document.put("document", DOCUMENT);
    document.put("created", created.truncatedTo(ChronoUnit.MILLIS).toString());
    document.put("creator", creator);
    document.put("host", host);
    document.put("verdict", isHealthy() ? (count("note") == 0 ? "ok" : "note") : "problem");
    document.put("problems", count("problem"));
    document.put("notes", count("note"));
    document.put("ok", count("ok"));
    document.put("sections", sections.stream().map(DoctorReport::describe).toList());
    return Json.indented(document);
  }

  private static Map<String, Object> describe(Section section) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", section.name());
    described.put("seconds", section.seconds());
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : section.findings()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("subject", finding.subject());
      one.put("verdict", finding.verdict());
      one.put("sentence", finding.sentence());
      one.put("remedy", finding.remedy().isEmpty() ? null : finding.remedy());
      one.put("figures", finding.figures());
      findings.add(one);
    }
    described.put("findings", findings);
    return described;
  }
}
