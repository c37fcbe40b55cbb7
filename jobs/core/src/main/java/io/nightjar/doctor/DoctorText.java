package io.nightjar.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as text for a console, without colours: it is pasted into reports of faults. */
public final class DoctorText {
  private static final int WIDTH = 100;
  private static final String INDENT = " ".repeat(11);

  private DoctorText() {}

  /** One group, with a blank line before it. */
  public static String of(Section section) {
    StringBuilder text = new StringBuilder("\n").append(section.name()).append('\n');
    for (Finding finding : section.findings()) {
      String mark =
          switch (finding.verdict()) {
            case "problem" -> "PROBLEM";
            default -> finding.verdict();
          };
      lines(
          text,
          String.format(Locale.ROOT, "  %-8s ", mark),
          finding.subject() + ": " + finding.sentence());
      if (!finding.remedy().isEmpty()) {
        lines(text, INDENT, "-> " + finding.remedy());
      }
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, String first, String content) {
    List<String> lines = wrapped(content);
    text.append(first).append(lines.get(0)).append('\n');
    lines.stream().skip(1).forEach(line -> text.append(INDENT).append(line).append('\n'));
  }

  /** Lines of whole words; a word that is longer than a line, such as an address, stays whole. */
  private static List<String> wrapped(String content) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : content.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - INDENT.length()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
