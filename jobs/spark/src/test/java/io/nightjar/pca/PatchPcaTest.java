package io.nightjar.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.SyntheticPatches;
import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Tag("smoke")
class PatchPcaTest {
  private static final int CHANNELS = 64;
  private static final int PATCHES = 2000;
  private static final int PATCHES_PER_ROW = 50;
  private static SparkSession spark;
  private static float[] patches;
  private static PatchPcaModel fitted;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    spark = Sparks.local(2);
    patches = SyntheticPatches.correlated(PATCHES, CHANNELS, 12, 41);
    fitted = estimator().fit(images());
  }

  @Test
  void fitsAndProjectsArraysOfManyPatches() {
    PrincipalComponents components = fitted.principalComponents();

    PrincipalComponents direct =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, CHANNELS), 0.95);
    assertThat(components.count()).isEqualTo(direct.count());
    assertThat(components.eigenvalues())
        .containsExactly(direct.eigenvalues(), within(1e-5 * direct.eigenvalues()[0]));
    List<Row> rows = fitted.transform(images()).collectAsList();
    assertThat(rows).hasSize(PATCHES / PATCHES_PER_ROW);
    assertThat(floats(rows.get(3), "components")).isEqualTo(components.project(image(3), 50));
  }

  @Test
  void fittingAgainGivesTheSameBits() {
    PrincipalComponents first = fitted.principalComponents();
    PrincipalComponents second = estimator().fit(images()).principalComponents();

    assertThat(second.basis()).isEqualTo(first.basis());
    assertThat(second.eigenvalues()).isEqualTo(first.eigenvalues());
  }

  @Test
  void spansTheSubspaceOfMllib() {
    PrincipalComponents ours = fitted.principalComponents();
    PrincipalComponents theirs = estimator().setSolver("mllib").fit(images()).principalComponents();

    assertThat(theirs.count()).isEqualTo(ours.count()).isBetween(3, CHANNELS - 1);
    assertThat(SyntheticPatches.sineOfLargestAngle(ours.basis(), theirs.basis(), CHANNELS))
        .isLessThan(1e-3);
    for (int j = 0; j < ours.count(); j++) {
      assertThat(ours.eigenvalues()[j])
          .isCloseTo(theirs.eigenvalues()[j], within(1e-5 * theirs.eigenvalues()[j]));
    }
    assertThat(ours.totalVariance())
        .isCloseTo(theirs.totalVariance(), within(1e-5 * theirs.totalVariance()));
    assertThat(ours.mean()).containsExactly(theirs.mean(), within(1e-6));
  }

  @Test
  void noMoreComponentsAreKeptThanTheLimit() {
    PrincipalComponents all = fitted.principalComponents();

    for (String solver : List.of("blocked", "mllib")) {
      PrincipalComponents two =
          estimator().setSolver(solver).setMaxComponents(2).fit(images()).principalComponents();

      assertThat(two.count()).isEqualTo(2).isLessThan(all.count());
      assertThat(two.eigenvalues())
          .containsExactly(Arrays.copyOf(all.eigenvalues(), 2), within(1e-5 * all.totalVariance()));
    }
  }

  @Test
  void vectorsHaveTheirOwnLength() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double[] patch = new double[CHANNELS];
      for (int j = 0; j < CHANNELS; j++) {
        patch[j] = patches[i * CHANNELS + j];
      }
      rows.add(RowFactory.create(Vectors.dense(patch)));
    }
    Dataset<Row> vectors =
        spark
            .createDataFrame(
                rows, new StructType().add("patches", SQLDataTypes.VectorType(), false))
            .coalesce(1);

    PatchPcaModel model =
        new PatchPca().setInputCol("patches").setOutputCol("components").fit(vectors);

    float[] same = Arrays.copyOf(patches, 200 * CHANNELS);
    PrincipalComponents expected =
        PrincipalComponents.fit(SyntheticPatches.partial(same, CHANNELS), 0.95);
    assertThat(model.principalComponents().basis()).isEqualTo(expected.basis());
    assertThat(floats(model.transform(vectors).first(), "components"))
        .isEqualTo(expected.project(same, 1));
  }

  @Test
  void savedModelTransformsToTheSameBits() throws Exception {
    PatchPcaModel model = estimator().setVariance(0.9).fit(images());
    String path = directory.resolve("model").toString();

    model.save(path);
    PatchPcaModel loaded = PatchPcaModel.load(path);

    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.extractParamMap().toSeq().size())
        .isEqualTo(model.extractParamMap().toSeq().size());
    assertThat(loaded.getVariance()).isEqualTo(0.9);
    assertThat(loaded.getChannels()).isEqualTo(CHANNELS);
    assertThat(loaded.principalComponents().basis()).isEqualTo(model.principalComponents().basis());
    assertThat(loaded.principalComponents().totalVariance())
        .isEqualTo(model.principalComponents().totalVariance());
    assertThat(loaded.transform(images()).collectAsList())
        .isEqualTo(model.transform(images()).collectAsList());
  }

  @Test
  void savedPipelineTransformsToTheSameBits() throws Exception {
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {estimator()}).fit(images());
    String path = directory.resolve("pipeline").toString();

    model.save(path);

    assertThat(PipelineModel.load(path).transform(images()).collectAsList())
        .isEqualTo(model.transform(images()).collectAsList());
  }

  @Test
  void savedEstimatorKeepsItsParameters() throws Exception {
    PatchPca estimator = estimator().setVariance(0.8).setSolver("mllib");
    String path = directory.resolve("estimator").toString();

    estimator.save(path);
    PatchPca loaded = PatchPca.load(path);

    assertThat(loaded.uid()).isEqualTo(estimator.uid());
    assertThat(loaded.getVariance()).isEqualTo(0.8);
    assertThat(loaded.getSolver()).isEqualTo("mllib");
    assertThat(loaded.getInputCol()).isEqualTo("patches");
  }

  @Test
  void copiesTakeExtraParameters() {
    PatchPca estimator = estimator();
    PatchPca copy = estimator.copy(new ParamMap().put(estimator.variance(), 0.5));
    assertThat(copy.getVariance()).isEqualTo(0.5);
    assertThat(estimator.getVariance()).isEqualTo(0.95);

    PatchPcaModel model = estimator.fit(images());
    PatchPcaModel other = model.copy(new ParamMap().put(model.outputCol(), "reduced"));
    assertThat(other.getOutputCol()).isEqualTo("reduced");
    assertThat(other.parent()).isSameAs(model.parent());
    assertThat(other.principalComponents()).isSameAs(model.principalComponents());
  }

  @Test
  void unfitColumnsAreRefusedBeforeTheWork() {
    StructType schema =
        new StructType()
            .add("patches", DataTypes.createArrayType(DataTypes.FloatType))
            .add("name", DataTypes.StringType);

    assertRefused(
        () -> estimator().setInputCol("patch").transformSchema(schema),
        "There is no input column patch; the columns are: patches, name");
    assertRefused(
        () -> estimator().setInputCol("name").transformSchema(schema),
        "The input column name must hold an array of float or an ML vector, not string");
    assertRefused(
        () -> estimator().setOutputCol("name").transformSchema(schema),
        "The output column name exists already; choose another name or drop it");
    assertRefused(
        () -> new PatchPca().setOutputCol("components").transformSchema(schema),
        "The parameter inputCol is not set");
    assertRefused(
        () ->
            new PatchPca()
                .setInputCol("patches")
                .setOutputCol("components")
                .transformSchema(schema),
        "The parameter channels is not set; the arrays of column patches need it, since each may"
            + " contain several patches");
    assertThat(estimator().transformSchema(schema).fieldNames())
        .containsExactly("patches", "name", "components");
  }

  @Test
  void unfitRowsAreRefusedInASentence() {
    assertRefused(
        () -> estimator().setChannels(63).fit(images()),
        "An array of 3200 values is not made of whole patches of 63 channels");
    assertRefused(
        () -> estimator().fit(rows(Arrays.asList(image(0), null))),
        "The input column contains a null; drop such rows first");
    assertRefused(
        () -> estimator().fit(images().limit(0)),
        "There are no patches to find principal components of");
    assertRefused(
        () -> estimator().setSolver("mllib").fit(rows(List.of(Arrays.copyOf(patches, CHANNELS)))),
        "Principal components need at least 2 patches, but there is 1");
    assertRefused(
        () -> estimator().setSolver("mllib").fit(rows(List.of(new float[3 * CHANNELS]))),
        "All 3 patches are equal, so they have no principal components");
  }

  @Test
  void unfitParametersAreRefused() {
    assertThatThrownBy(() -> estimator().setVariance(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variance")
        .hasMessageContaining("0.0");
    assertThatThrownBy(() -> estimator().setSolver("svd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("svd");
  }

  private static void assertRefused(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(InvalidInputException.class).hasMessage(sentence);
  }

  private static PatchPca estimator() {
    return new PatchPca().setInputCol("patches").setOutputCol("components").setChannels(CHANNELS);
  }

  private static float[] image(int index) {
    int length = PATCHES_PER_ROW * CHANNELS;
    return Arrays.copyOfRange(patches, index * length, (index + 1) * length);
  }

  private static Dataset<Row> images() {
    List<float[]> images = new ArrayList<>();
    for (int i = 0; i < PATCHES / PATCHES_PER_ROW; i++) {
      images.add(image(i));
    }
    return rows(images);
  }

  private static Dataset<Row> rows(List<float[]> arrays) {
    List<Row> rows = new ArrayList<>();
    for (float[] array : arrays) {
      rows.add(RowFactory.create((Object) array));
    }
    return spark.createDataFrame(
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, 3),
        new StructType().add("patches", DataTypes.createArrayType(DataTypes.FloatType, false)));
  }

  private static float[] floats(Row row, String column) {
    List<Float> values = row.getList(row.fieldIndex(column));
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
