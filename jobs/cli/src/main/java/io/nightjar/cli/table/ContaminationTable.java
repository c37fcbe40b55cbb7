package io.nightjar.cli.table;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.report.table.CsvLine;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;

/** The images of a bank as comma-separated values, the most isolated first. */
public final class ContaminationTable {
  private ContaminationTable() {}

  /** The header, then a line for each image, scores to four digits in every locale. */
  public static List<String> lines(InspectedBank.Contamination found) {
    List<String> lines = new ArrayList<>(List.of(CsvLine.of("score", "largest", "path", "odd")));
    for (ReferenceScores.Image image : found.mostIsolated()) {
      lines.add(
          CsvLine.of(
              Text.format("%.4f", image.novelty()),
              Text.format("%.4f", image.score()),
              image.path(),
              image.novelty() > found.limit() ? "yes" : "no"));
    }
    return lines;
  }
}
