package io.nightjar.backbone;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark ML stage that embeds images: encoded images (PNG, JPEG, BMP, TIFF) in a binary column,
 * such as {@code content} of Spark's {@code binaryFile} source, become an {@code array<float>}
 * column that holds each image's patches row-major, {@code [grid * grid][channels]}; the column's
 * metadata name {@code patches}, {@code channels}, {@code grid} and {@code architecture}.
 *
 * <p>The parameters {@code inputCol}, {@code outputCol} and {@code batchSize} are those of the DJL
 * Spark extension. Unlike its predictors, the stage loads one model per executor process and
 * device. {@code handleInvalid} says how an image that cannot be decoded is handled: {@code error}
 * (default), {@code skip}, or {@code keep} with null.
 */
public final class PatchEmbedder extends Transformer
    implements PatchEmbedderParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** The declared parameters. */
  private final PatchEmbedderParamSet params;

  /** Creates a stage with a random identifier. */
  public PatchEmbedder() {
    this(Identifiable$.MODULE$.randomUID("PatchEmbedder"));
  }

  /**
   * Creates a stage with a given identifier, as Spark's reader does.
   *
   * @param uid the identifier
   */
  public PatchEmbedder(String uid) {
    this.uid = uid;
    params = new PatchEmbedderParamSet(this);
    setDefault(params.inputCol, "content");
    setDefault(params.outputCol, "patches");
    setDefault(params.batchSize, 8);
    setDefault(params.backbone, Architecture.RESNET50.id());
    setDefault(params.layers, new int[] {1, 2, 3});
    setDefault(params.imageSize, 224);
    setDefault(params.grid, 28);
    setDefault(params.precision, Precision.FP32.id());
    setDefault(params.device, DeviceRequest.AUTO.id());
    setDefault(params.handleInvalid, InvalidImages.ERROR.id());
  }

  /**
   * Reads stages that {@code write().save} wrote.
   *
   * @return a reader of saved stages
   */
  public static MLReader<PatchEmbedder> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads a stage that {@code write().save(path)} wrote.
   *
   * @param path the folder of the stage
   * @return the stage
   */
  public static PatchEmbedder load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return params.inputCol;
  }

  @Override
  public Param<String> outputCol() {
    return params.outputCol;
  }

  @Override
  public IntParam batchSize() {
    return params.batchSize;
  }

  @Override
  public Param<String> backbone() {
    return params.backbone;
  }

  @Override
  public IntArrayParam layers() {
    return params.layers;
  }

  @Override
  public IntParam imageSize() {
    return params.imageSize;
  }

  @Override
  public IntParam grid() {
    return params.grid;
  }

  @Override
  public Param<String> precision() {
    return params.precision;
  }

  @Override
  public Param<String> weights() {
    return params.weights;
  }

  @Override
  public Param<String> weightsSha256() {
    return params.weightsSha256;
  }

  @Override
  public Param<String> device() {
    return params.device;
  }

  @Override
  public Param<String> handleInvalid() {
    return params.handleInvalid;
  }

  /**
   * Sets the binary column of encoded images.
   *
   * @param value the name of the column
   * @return this stage
   */
  public PatchEmbedder setInputCol(String value) {
    return with(params.inputCol, value);
  }

  /**
   * Sets the new column of patch embeddings.
   *
   * @param value the name of the column
   * @return this stage
   */
  public PatchEmbedder setOutputCol(String value) {
    return with(params.outputCol, value);
  }

  /**
   * Sets the number of images that the backbone embeds at once.
   *
   * @param value at least 1
   * @return this stage
   */
  public PatchEmbedder setBatchSize(int value) {
    return with(params.batchSize, value);
  }

  /**
   * Sets the name of the architecture, such as {@code resnet50}.
   *
   * @param value {@code resnet18}, {@code resnet50}, {@code resnet50_v1} or {@code wide_resnet50_2}
   * @return this stage
   */
  public PatchEmbedder setBackbone(String value) {
    return with(params.backbone, value);
  }

  /**
   * Sets the stages of the backbone whose outputs are concatenated.
   *
   * @param value 1 to 4, ascending
   * @return this stage
   */
  public PatchEmbedder setLayers(int... value) {
    return with(params.layers, value);
  }

  /**
   * Sets the side that images are resized to, in pixels.
   *
   * @param value 32 to 2048
   * @return this stage
   */
  public PatchEmbedder setImageSize(int value) {
    return with(params.imageSize, value);
  }

  /**
   * Sets the number of patches along each side.
   *
   * @param value 1 to the image size
   * @return this stage
   */
  public PatchEmbedder setGrid(int value) {
    return with(params.grid, value);
  }

  /**
   * Sets the floating-point format of the backbone.
   *
   * @param value {@code fp32} or {@code fp16}
   * @return this stage
   */
  public PatchEmbedder setPrecision(String value) {
    return with(params.precision, value);
  }

  /**
   * Sets where the weights come from.
   *
   * @param value a path, a Hadoop URI, a URL, a name such as {@code torchvision:resnet50}, or
   *     {@code random:SEED}
   * @return this stage
   */
  public PatchEmbedder setWeights(String value) {
    return with(params.weights, value);
  }

  /**
   * Sets the SHA-256 that the weight file must have.
   *
   * @param value 64 hexadecimal digits
   * @return this stage
   */
  public PatchEmbedder setWeightsSha256(String value) {
    return with(params.weightsSha256, value);
  }

  /**
   * Sets the device that computes.
   *
   * @param value {@code auto}, {@code cpu} or {@code gpu}
   * @return this stage
   */
  public PatchEmbedder setDevice(String value) {
    return with(params.device, value);
  }

  /**
   * Sets how images that cannot be decoded are handled.
   *
   * @param value {@code error}, {@code skip} or {@code keep}
   * @return this stage
   */
  public PatchEmbedder setHandleInvalid(String value) {
    return with(params.handleInvalid, value);
  }

  private <T> PatchEmbedder with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * Loads the weights and builds the network that these parameters describe.
   *
   * @param spark the session whose Hadoop configuration resolves the location of the weights
   * @return the model
   * @throws InvalidInputException for parameters or weights that cannot be used
   */
  public BackboneModel backbone(SparkSession spark) {
    if (!isDefined(params.weights)) {
      throw new InvalidInputException("The embedder has no weights: set the parameter 'weights'.");
    }
    return BackboneModel.load(
        spec(),
        getOrDefault(params.weights),
        isDefined(params.weightsSha256)
            ? Optional.of(getOrDefault(params.weightsSha256))
            : Optional.empty(),
        spark.sessionState().newHadoopConf());
  }

  /**
   * Adds the column of patches. The weights are loaded immediately, the images when an action runs.
   *
   * @throws InvalidInputException for parameters, weights or a device that cannot be used
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    DeviceRequest request = DeviceRequest.parse(getOrDefault(params.device));
    Embedders.refuseIfUnusable(request);
    SparkSession spark = ClassicSession.require(dataset.sparkSession(), "PatchEmbedder");
    Broadcast<BackboneModel> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(backbone(spark));
    EmbedRows embed =
        new EmbedRows(
            broadcast,
            request,
            getOrDefault(params.inputCol),
            (int) getOrDefault(params.batchSize),
            InvalidImages.parse(getOrDefault(params.handleInvalid)));
    return dataset
        .toDF()
        .mapPartitions(
            embed,
            Encoders.tuple(
                Encoders.row(dataset.schema()), spark.implicits().newFloatArrayEncoder()))
        .select(
            functions.col("_1.*"),
            functions.col("_2").as(getOrDefault(params.outputCol), column().metadata()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if ((int) getOrDefault(params.batchSize) < 1) {
      throw new InvalidInputException(
          Text.format(
              "The batch size %s cannot be used: it must be at least 1.",
              getOrDefault(params.batchSize)));
    }
    return column().addTo(schema, getOrDefault(params.inputCol));
  }

  @Override
  public PatchEmbedder copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private EmbeddingColumn column() {
    return new EmbeddingColumn(getOrDefault(params.outputCol), spec());
  }
}
