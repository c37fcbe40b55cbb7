package io.nightjar.job.reason;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.job.output.ParquetReport;
import io.nightjar.job.run.RunContext;
import io.nightjar.report.reason.CategoryReasons;
import io.nightjar.report.reason.ReasonHtml;
import io.nightjar.report.reason.ReasonTable;
import io.nightjar.report.reason.RunReasons;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the reasons of a run: a table as CSV and as Parquet, and a page.
 *
 * @param out the folder of the results
 */
public record ReasonWriter(RunContext run, String out) {
  private static final Logger LOG = LoggerFactory.getLogger(ReasonWriter.class);

  /** The folder of the table. */
  public static final String TABLE = "reasons";

  /** The table as CSV. */
  public static final String CSV = "reasons.csv";

  /** The page. */
  public static final String HTML = "reasons.html";

  /**
   * Writes them.
   *
   * @param data where the images are
   * @param spec the embedding of the run
   * @param categories the reasons of each category, by its name
   */
  public void write(String data, EmbeddingSpec spec, Map<String, CategoryReasons> categories) {
    run.spark().sc().setJobDescription("write the reasons");
    categories.forEach(
        (name, own) -> own.notes().forEach(note -> LOG.warn("Reasons of {}: {}", name, note)));
    RunReasons reasons = new RunReasons(stages(spec), categories);
    new ParquetReport(run.hadoop())
        .write(ReasonTable.columns(reasons.stages()), reasons.patches(), out + "/" + TABLE);
    try {
      ReportFiles files = new ReportFiles(out, run.hadoop());
      files.write(CSV, ReasonTable.csv(reasons));
      files.write(HTML, ReasonHtml.render(data, reasons));
    } catch (IOException e) {
      throw new UncheckedIOException("The reasons cannot be written to " + out, e);
    }
  }

  /** The names of the stages of all branches; of several branches with the branch's own. */
  static List<String> stages(EmbeddingSpec spec) {
    List<EmbeddingSpec> branches = spec.branches();
    List<String> names = new ArrayList<>();
    for (EmbeddingSpec branch : branches) {
      String prefix =
          branches.size() == 1
              ? ""
              : Text.format("%s_%s_", branch.architecture().id(), branch.imageSize().value());
      branch.layers().forEach(layer -> names.add(prefix + "layer" + layer));
    }
    return names;
  }
}
