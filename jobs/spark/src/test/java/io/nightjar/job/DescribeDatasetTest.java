package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Drawn;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest of a data set is read as the same categories. */
class DescribeDatasetTest {
  private final SparkSession spark = Sparks.local(1);

  @TempDir private Path work;

  @Test
  void aManifestIsReadAsTheSameCategories() throws IOException {
    Path loco = work.resolve("lo, \"co\"");
    Drawn.photo(loco, "pins/train/good/0 0.png", "pins/test/good/000.png");
    Drawn.photo(loco, "pins/test/logical_anomalies/ä1.png");
    Drawn.marked(
        loco,
        "pins/ground_truth/logical_anomalies/ä1/000.png",
        "pins/ground_truth/logical_anomalies/ä1/001.png");

    assertRoundTrip(loco, "MVTec LOCO AD: 1 category");
  }

  @Test
  void groupsAndGoodImagesWithMasksStay() throws IOException {
    Path lights = work.resolve("ad2");
    Drawn.photo(lights, "can/train/good/000_regular.png", "can/test_public/bad/1_dark.png");
    Drawn.marked(lights, "can/test_public/ground_truth/bad/1_dark_mask.png");
    assertRoundTrip(lights, "MVTec AD 2: 1 category");

    Path mvtec = work.resolve("mvtec");
    Drawn.photo(mvtec, "nut/train/good/0.png", "nut/test/good/0.png", "nut/test/bent/0.png");
    Drawn.marked(mvtec, "nut/ground_truth/bent/0_mask.png", "nut/ground_truth/good/0_mask.png");
    assertRoundTrip(mvtec, "MVTec AD's layout");
  }

  private void assertRoundTrip(Path root, String readAs) throws IOException {
    Path file = work.resolve(root.getFileName() + ".csv");

    DescribeDataset.Result result =
        new DescribeDataset(spark).data(root.toString()).out(file.toString()).execute();

    assertThat(result.inputs().readAs()).isEqualTo(readAs);
    assertThat(Files.readAllLines(file).get(0))
        .isEqualTo("uri,category,split,label,mask,group,item,name");
    Catalogue read =
        DataSets.list(
            file.toString(),
            List.of(),
            Purpose.EVALUATE,
            KnownLayouts.choose("manifest"),
            new Configuration());
    assertThat(images(read.categories())).isEqualTo(images(result.categories()));
  }

  private static List<List<ImageRef>> images(List<Category> categories) {
    return categories.stream()
        .flatMap(category -> List.of(category.train(), category.test()).stream())
        .toList();
  }

  @Test
  void aFileThatIsThereIsOnlyReplacedOnDemand() throws IOException {
    Path root = work.resolve("set");
    Drawn.photo(root, "nut/train/good/0.png");
    Path file = Files.writeString(work.resolve("mine.csv"), "mine");
    DescribeDataset describe =
        new DescribeDataset(spark).data(root.toString()).out(file.toString());

    assertThatThrownBy(describe::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is there already; name another file, or add --overwrite");
    assertThat(file).hasContent("mine");
    describe.overwrite(true).execute();
    assertThat(Files.readString(file)).contains(",nut,train,good,,,,train/good/0.png");
    assertThatThrownBy(() -> describe.out(work.toString()).execute())
        .hasMessageContaining("since it is a folder");
  }
}
