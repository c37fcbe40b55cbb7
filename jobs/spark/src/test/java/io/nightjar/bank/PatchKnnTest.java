package io.nightjar.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("smoke")
class PatchKnnTest {
  private static final int DIMENSION = 6;
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);
  private static SparkSession spark;
  private static List<float[]> normal;
  private static List<float[]> test;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    spark = Sparks.local(2);
    normal = images(1, 9, 31);
    test = images(2, 5, 17);
  }

  @Test
  void distancesAreThoseOfTheSearch() {
    PatchKnnModel model = estimator().setK(3).fit(frame(normal, 1));

    List<Row> rows = model.transform(frame(test, 2)).collectAsList();

    assertThat(model.memoryBank().rows()).isEqualTo(9 * 31);
    try (ExactSearch search = new ExactSearch(new MemoryBank(DIMENSION, normal))) {
      for (int i = 0; i < test.size(); i++) {
        assertThat(rows.get(i).getString(0)).isEqualTo("image " + i);
        assertThat(distances(rows.get(i))).isEqualTo(search.meanDistances(test.get(i), 17, 3));
      }
    }
    model.release();
  }

  @Test
  void coresetIsPartOfTheBank() {
    MemoryBank full = estimator().fit(frame(normal, 2)).memoryBank();
    PatchKnn third = estimator().setCoresetRatio(1.0 / 3).setCoresetSeed(4);

    MemoryBank coreset = third.fit(frame(normal, 2)).memoryBank();

    assertThat(coreset.rows()).isEqualTo(9 * 31 / 3);
    try (ExactSearch search = new ExactSearch(full)) {
      for (float[] block : coreset.blocks()) {
        assertThat(search.meanDistances(block, block.length / DIMENSION, 1)).containsOnly(0f);
      }
    }
    assertThat(third.fit(frame(normal, 3)).memoryBank().blocks())
        .usingRecursiveComparison()
        .isEqualTo(coreset.blocks());
    assertThat(third.copy(ParamMap.empty()).getCoresetSeed()).isEqualTo(4);
  }

  @Test
  void partitionsChangeNoBit() {
    List<Row> one = estimator().fit(frame(normal, 1)).transform(frame(test, 1)).collectAsList();
    List<Row> many = estimator().fit(frame(normal, 7)).transform(frame(test, 5)).collectAsList();

    assertThat(many).isEqualTo(one);
  }

  @Test
  void blocksKeepTheOrderOfTheRows() {
    MemoryBank bank = estimator().fit(frame(normal, 3)).memoryBank();

    assertThat(bank.blocks().toArray(float[][]::new)).isDeepEqualTo(normal.toArray(float[][]::new));
  }

  @Test
  void savedModelIsTheSameModel() throws Exception {
    PatchKnnModel model = estimator().setK(2).fit(frame(normal, 2));
    String path = directory.resolve("model").toString();
    model.write().save(path);

    PatchKnnModel loaded = PatchKnnModel.load(path);

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.getK()).isEqualTo(2);
    assertThat(loaded.memoryBank().blocks().toArray(float[][]::new))
        .isDeepEqualTo(normal.toArray(float[][]::new));
    assertThat(loaded.transform(frame(test, 1)).collectAsList())
        .isEqualTo(model.transform(frame(test, 1)).collectAsList());
  }

  @Test
  void savedModelWithoutItsRowsIsRefused() throws Exception {
    String path = directory.resolve("model").toString();
    estimator().fit(frame(normal, 2)).write().save(path);
    spark
        .read()
        .parquet(path + "/data")
        .where("block <> 4")
        .write()
        .parquet(directory.resolve("fewer").toString());
    deleteFiles(directory.resolve("model/data"));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory.resolve("fewer"), "*.parquet")) {
      for (Path file : files) {
        Files.copy(file, directory.resolve("model/data").resolve(file.getFileName()));
      }
    }

    assertThatThrownBy(() -> PatchKnnModel.load(path))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("block 4 is missing");
  }

  @Test
  void worksInAPipelineThatIsSavedAndLoaded() throws Exception {
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator()});
    String pipelinePath = directory.resolve("pipeline").toString();
    pipeline.write().save(pipelinePath);
    PipelineModel fitted = Pipeline.load(pipelinePath).fit(frame(normal, 1));
    String path = directory.resolve("fitted").toString();
    fitted.write().save(path);

    assertThat(PipelineModel.load(path).transform(frame(test, 1)).collectAsList())
        .isEqualTo(fitted.transform(frame(test, 1)).collectAsList());
  }

  @Test
  void copiesKeepBankAndParameters() {
    PatchKnnModel model = estimator().setK(2).fit(frame(normal, 1));

    PatchKnnModel copy = model.copy(new ParamMap().put(model.k(), 4));

    assertThat(copy.getK()).isEqualTo(4);
    assertThat(copy.getInputCol()).isEqualTo("components");
    assertThat(copy.memoryBank()).isSameAs(model.memoryBank());
    assertThat(model.getK()).isEqualTo(2);
  }

  @Test
  void unfitParametersAreRefused() {
    Dataset<Row> frame = frame(normal, 1);

    assertRefused(() -> estimator().setInputCol("absent").fit(frame), "no input column absent");
    assertRefused(() -> estimator().setInputCol("name").fit(frame), "array of float, not string");
    assertRefused(() -> estimator().setOutputCol("name").fit(frame), "name exists already");
    assertRefused(() -> estimator().setK(280).fit(frame), "k = 280");
    assertRefused(() -> estimator().setDimension(7).fit(frame), "not whole rows of 7");
    assertRefused(
        () -> new PatchKnn().setInputCol("components").setOutputCol("distances").fit(frame),
        "dimension is not set");
    assertRefused(() -> estimator().fit(frame.limit(0)), "at least one row");
    assertThatThrownBy(() -> estimator().setK(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(Runnable fit, String message) {
    assertThatThrownBy(fit::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static PatchKnn estimator() {
    return new PatchKnn()
        .setInputCol("components")
        .setOutputCol("distances")
        .setDimension(DIMENSION);
  }

  private static float[] distances(Row row) {
    List<Float> values = row.getList(row.fieldIndex("distances"));
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static List<float[]> images(long seed, int count, int patches) {
    Random random = new Random(seed);
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] values = new float[patches * DIMENSION];
      for (int j = 0; j < values.length; j++) {
        values[j] = (float) random.nextGaussian();
      }
      images.add(values);
    }
    return images;
  }

  private static Dataset<Row> frame(List<float[]> images, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      rows.add(RowFactory.create("image " + i, images.get(i)));
    }
    StructType schema =
        new StructType().add("name", DataTypes.StringType, false).add("components", FLOATS, false);
    Dataset<Row> frame = spark.createDataFrame(rows, schema);
    return frame.repartitionByRange(partitions, frame.col("name")).sortWithinPartitions("name");
  }

  private static void deleteFiles(Path folder) throws Exception {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
