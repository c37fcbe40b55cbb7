package io.nightjar.dataset.layout;

import static io.nightjar.testing.Trees.touch;

import io.nightjar.dataset.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small data set in the layout of MVTec AD, for each test to spoil. */
abstract class DataSetFixture {
  @TempDir Path root;

  @BeforeEach
  void aGoodDataSet() throws IOException {
    touch(
        root,
        "nut/train/good/000.png",
        "nut/test/good/000.png",
        "nut/test/bent/000.png",
        "nut/ground_truth/bent/000_mask.png");
  }

  Catalogue read(Purpose purpose) {
    return DataSets.list(root.toString(), List.of(), purpose, conf());
  }

  static Configuration conf() {
    return new Configuration();
  }
}
