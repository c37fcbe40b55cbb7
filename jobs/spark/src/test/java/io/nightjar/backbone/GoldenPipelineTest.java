package io.nightjar.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.PatchKnnModel;
import io.nightjar.pca.PatchPcaModel;
import io.nightjar.testing.DefaultLocale;
import io.nightjar.testing.Sparks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A pipeline of all three stages that commit 7176f9e saved: it names the stages' classes, so it
 * loads only as long as they stay where they are. Its network has the weights {@code random:7}; it
 * was fitted to {@link #image} 0 to 3 and gave {@link #DISTANCES}.
 */
@Tag("smoke")
class GoldenPipelineTest {
  private static final Map<String, List<Float>> DISTANCES =
      Map.of(
          "image-4",
          List.of(
              2.1932046f,
              2.8252468f,
              4.0549235f,
              3.7199285f,
              3.0065906f,
              3.9547157f,
              5.0261426f,
              4.3481846f,
              3.4365401f,
              3.939752f,
              4.8656793f,
              3.5061326f,
              3.6178286f,
              3.3545218f,
              6.6693754f,
              4.982311f),
          "image-5",
          List.of(
              3.3063385f,
              3.5926993f,
              4.5101514f,
              3.6544082f,
              4.0352263f,
              4.0945973f,
              5.236213f,
              3.734045f,
              5.4178357f,
              4.8838162f,
              4.9692764f,
              3.7085192f,
              4.723846f,
              4.9143534f,
              7.0978174f,
              4.5989485f));

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Sparks.local(2);
  }

  @Test
  void savedPipelineLoadsAndGivesTheSameDistances() throws Exception {
    String golden = golden();
    // Spark looks for a stage's folder by its number in the default locale's digits.
    PipelineModel pipeline = DefaultLocale.during("und", () -> PipelineModel.load(golden));

    assertThat(pipeline.stages())
        .hasExactlyElementsOfTypes(PatchEmbedder.class, PatchPcaModel.class, PatchKnnModel.class);
    List<Row> rows = pipeline.transform(images(4, 6)).collectAsList();
    assertThat(rows).hasSize(2);
    for (Row row : rows) {
      List<Float> expected = DISTANCES.get(row.getString(0));
      List<Float> found = row.getList(row.fieldIndex("distances"));
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        // Processors of other kinds round differently.
        assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-3f));
      }
    }
  }

  private static String golden() throws Exception {
    return Path.of(GoldenPipelineTest.class.getResource("golden-pipeline-0.1").toURI()).toString();
  }

  private static Dataset<Row> images(int from, int to) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int number = from; number < to; number++) {
      rows.add(RowFactory.create("image-" + number, image(number)));
    }
    return spark.createDataFrame(
        rows,
        new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType));
  }

  private static byte[] image(int number) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        int red = (x * 7 + number * 31) % 256;
        int green = (y * 5 + number * 17) % 256;
        int blue = (x * y + number * 11) % 256;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
