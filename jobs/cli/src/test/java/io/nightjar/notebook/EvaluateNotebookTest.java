package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.job.output.ParquetReport;
import io.nightjar.testing.Repository;
import io.nightjar.testing.TinyDataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs the cells of the notebook in Spark's REPL, one after the other. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateNotebookTest {
  private static final String CATEGORY = "carpet";
  private static final Pattern PNG = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"");

  private final StringBuilder printed = new StringBuilder();
  private Path out;
  private Row inOneCall;
  private long mapsInOneCall;

  @BeforeAll
  void runNotebook(@TempDir Path directory) throws IOException {
    out = directory.resolve("out");
    Map<String, String> parameters =
        Map.of(
            "spark.nightjar.data",
            TinyDataset.generate(directory.resolve("data")).toString(),
            "spark.nightjar.category",
            CATEGORY,
            "spark.nightjar.weights",
            TinyDataset.writeWeights(directory.resolve("resnet18.safetensors")).toString(),
            "spark.nightjar.backbone",
            "resnet18",
            "spark.nightjar.image_size",
            "64",
            "spark.nightjar.grid",
            "8",
            "spark.nightjar.out",
            out.toString());
    try (ScalaRepl repl = new ScalaRepl("local[2]", parameters)) {
      for (String cell : NotebookCells.scala(Repository.file("notebooks/01-evaluate.scala"))) {
        printed.append(repl.run(cell));
      }
      String run = out.resolve("run").toString();
      inOneCall = repl.spark().read().parquet(run + "/" + ParquetReport.METRICS).head();
      Dataset<Row> maps = repl.spark().read().parquet(run + "/" + ParquetReport.MAPS);
      mapsInOneCall = maps.count();
    }
  }

  @Test
  void figuresAreThoseOfTheJob() {
    assertThat(inOneCall.<String>getAs("category")).isEqualTo(CATEGORY);
    assertThat(figure("pixel AUPRC"))
        .isCloseTo(inOneCall.<Double>getAs("pixel_auprc"), within(1e-4));
    assertThat(figure("pixel AUROC"))
        .isCloseTo(inOneCall.<Double>getAs("pixel_auroc"), within(1e-4));
    assertThat(figure("image AUROC"))
        .isCloseTo(inOneCall.<Double>getAs("image_auroc"), within(1e-4));
    assertThat(figure("components"))
        .isEqualTo(inOneCall.<Integer>getAs("components").doubleValue());
    assertThat(figure("bank rows")).isEqualTo(inOneCall.<Long>getAs("bank_rows").doubleValue());
    assertThat(printed).contains(mapsInOneCall + " test images scored", "The two ways agree.");
  }

  /** As the steps found it. */
  private double figure(String name) {
    Matcher matcher = Pattern.compile(name + ": step by step (\\S+),").matcher(printed);
    assertThat(matcher.find()).as("%s in%n%s", name, printed).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void visualizationsShowImageOutlineAndMap() throws IOException {
    String page = Files.readString(out.resolve("visualizations.html"));

    List<BufferedImage> images = new ArrayList<>();
    Matcher matcher = PNG.matcher(page);
    while (matcher.find()) {
      byte[] png = Base64.getDecoder().decode(matcher.group(1));
      images.add(ImageIO.read(new ByteArrayInputStream(png)));
    }

    assertThat(images).isNotEmpty().hasSizeLessThanOrEqualTo(6).doesNotContainNull();
    assertThat(images).allMatch(image -> image.getWidth() > 3 * 64);
    assertThat(page).contains("defective, score", "good, score");
  }

  @Test
  void saysWhereItsFilesAre() {
    assertThat(printed)
        .contains("The visualizations are in " + out.resolve("visualizations.html"))
        .contains("Saved to " + out.resolve("model"));
    assertThat(out.resolve("model")).isDirectory();
    assertThat(out.resolve("run/report.html")).isNotEmptyFile();
  }
}
