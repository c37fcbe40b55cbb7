package io.nightjar.report.table;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.SampleReports;
import io.nightjar.report.json.JsonReport;
import io.nightjar.report.published.Comparison;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
  private static final Comparison NONE = Comparison.none("The images are drawn.");
  private final EvaluationReport report = report(category("bottle", 0.789));

  @TempDir Path directory;

  @Test
  void writesAllFilesAndNothingElse() throws Exception {
    ReportFiles files = new ReportFiles(directory.toString(), new Configuration());
    files.writeVisualization("pictures/bottle/worst-1.png", new byte[] {1, 2, 3});
    files.write(report, NONE, List.of());

    assertThat(written())
        .containsExactlyInAnyOrder(
            "metrics.csv",
            "metrics.json",
            "run.json",
            "report.html",
            "curves/bottle.json",
            "pictures/bottle/worst-1.png");
    assertThat(directory.resolve("pictures/bottle/worst-1.png"))
        .hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void writesATableOfGroupsWhereThereAreSome() throws Exception {
    new ReportFiles(directory.toString(), new Configuration())
        .write(SampleReports.withGroups(), NONE, List.of());

    assertThat(directory.resolve("groups.csv"))
        .hasContent(
            """
            category,group,images,defective_images,pixels,pixel_auprc,pixel_auroc,aupro_0_30,\
            au_spro_0_30,au_spro_0_05,image_auroc,image_ap\r
            can,C1,30,21,30000,0.71875,0.98,0.93,0.8125,0.5625,0.99,0.985\r
            can,C2,10,0,10000,,,,,,,\r
            vial,C1,30,21,30000,0.71875,0.98,0.93,0.8125,0.5625,0.99,0.985\r
            vial,C2,10,0,10000,,,,,,,\r
            """);
    assertThat(Files.readAllLines(directory.resolve("metrics.csv")).get(0))
        .contains(",aupro_0_05,au_spro_0_30,au_spro_0_05,aupimo,")
        .contains(",image_best_f1_threshold,item_auroc,item_ap,pixel_auprc_ci95_lower,");
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    ReportFiles files = new ReportFiles(directory.toUri().toString(), new Configuration());
    files.write(report, NONE, List.of());

    assertThat(files.read()).isEqualTo(report);
  }

  @Test
  void writesTheCurvesOfEachCategory() throws Exception {
    new ReportFiles(directory.toString(), new Configuration()).write(report, NONE, List.of());

    assertThat(directory.resolve("curves/bottle.json"))
        .hasContent(JsonReport.curves(report.categories().get(0)));
  }

  @Test
  void replacesAnEarlierReport() throws Exception {
    ReportFiles files = new ReportFiles(directory.toString(), new Configuration());
    files.write(report(category("cable", 0.1)), NONE, List.of());
    files.write(report, NONE, List.of());

    assertThat(files.read()).isEqualTo(report);
  }

  @Test
  void replacesAnEarlierReportWhereRenameKeepsTheOldFile() throws Exception {
    ReportFiles files = on("keeping", KeepingFileSystem.class);
    files.write(report(category("cable", 0.1)), NONE, List.of());
    files.write(report, NONE, List.of());

    assertThat(files.read()).isEqualTo(report);
    assertThat(written()).hasSize(6);
  }

  @Test
  void createsInPlaceOnAnObjectStore() throws Exception {
    ReportFiles files = on("s3a", ObjectStore.class);
    files.write(report, NONE, List.of());

    assertThat(files.read()).isEqualTo(report);
  }

  @Test
  void leavesNoTemporaryFileWhenRenamingFails() throws Exception {
    ReportFiles files = on("stuck", StuckFileSystem.class);

    assertThatIOException()
        .isThrownBy(() -> files.writeVisualization("a.png", new byte[] {1}))
        .withMessageContaining("a.png")
        .withMessageContaining("permissions");
    assertThat(written()).isEmpty();
  }

  private ReportFiles on(String scheme, Class<? extends RawLocalFileSystem> type)
      throws IOException {
    Configuration conf = new Configuration();
    conf.setClass("fs." + scheme + ".impl", type, RawLocalFileSystem.class);
    conf.setBoolean("fs." + scheme + ".impl.disable.cache", true);
    return new ReportFiles(scheme + "://bucket" + directory, conf);
  }

  private List<String> written() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString())
          .toList();
    }
  }

  /** The local disk under another name. */
  private static class RenamedFileSystem extends RawLocalFileSystem {
    private URI uri;

    @Override
    public void initialize(URI name, Configuration conf) throws IOException {
      super.initialize(name, conf);
      uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    }

    @Override
    public URI getUri() {
      return uri == null ? super.getUri() : uri; // asked for before it is initialised
    }
  }

  /** Renames like HDFS: never onto a file that exists. */
  static final class KeepingFileSystem extends RenamedFileSystem {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      return !exists(to) && super.rename(from, to);
    }
  }

  static final class ObjectStore extends RenamedFileSystem {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      throw new IOException("An object store would copy " + from);
    }
  }

  static final class StuckFileSystem extends RenamedFileSystem {
    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) {
      return false;
    }
  }
}
