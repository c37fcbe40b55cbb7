package io.nightjar.backbone;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
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
public final class PatchEmbedder extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The identifier of the stage. */
  private final String uid;

  /** Binary column of encoded images. */
  private final Param<String> inputCol;

  /** New column of patches. */
  private final Param<String> outputCol;

  /** Images in one pass, at least 1. */
  private final IntParam batchSize;

  /** Name of the architecture. */
  private final Param<String> backbone;

  /** Stages that are concatenated, 1 to 4. */
  private final IntArrayParam layers;

  /** Side of the resized images in pixels. */
  private final IntParam imageSize;

  /** Patches along each side. */
  private final IntParam grid;

  /** Floating-point format. */
  private final Param<String> precision;

  /** Location of the weights. */
  private final Param<String> weights;

  /** SHA-256 of the weights, in hexadecimal. */
  private final Param<String> weightsSha256;

  /** {@code auto}, {@code cpu} or {@code gpu}. */
  private final Param<String> device;

  /** {@code error}, {@code skip} or {@code keep}. */
  private final Param<String> handleInvalid;

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
    inputCol = new Param<>(this, "inputCol", "binary column of encoded images");
    outputCol = new Param<>(this, "outputCol", "array<float> column of patch embeddings");
    batchSize =
        new IntParam(this, "batchSize", "images that the backbone takes at once, at least 1");
    backbone = new Param<>(this, "backbone", "resnet18, resnet50, resnet50_v1, wide_resnet50_2");
    layers = new IntArrayParam(this, "layers", "stages whose outputs are concatenated, 1 to 4");
    imageSize = new IntParam(this, "imageSize", "side that images are resized to, in pixels");
    grid = new IntParam(this, "grid", "patches along each side");
    precision =
        new Param<>(this, "precision", "what the network computes with: fp32, or fp16 for GPUs");
    weights =
        new Param<>(
            this,
            "weights",
            "weight file: path, Hadoop URI, URL, a name such as torchvision:resnet50, or random:SEED");
    weightsSha256 = new Param<>(this, "weightsSha256", "SHA-256 that the weight file must have");
    device = new Param<>(this, "device", "auto, cpu or gpu");
    handleInvalid =
        new Param<>(this, "handleInvalid", "for undecodable images: error, skip or keep (null)");
    setDefault(inputCol, "content");
    setDefault(outputCol, "patches");
    setDefault(batchSize, 8);
    setDefault(backbone, Architecture.RESNET50.id());
    setDefault(layers, new int[] {1, 2, 3});
    setDefault(imageSize, 224);
    setDefault(grid, 28);
    setDefault(precision, Precision.FP32.id());
    setDefault(device, DeviceRequest.AUTO.id());
    setDefault(handleInvalid, InvalidImages.ERROR.id());
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

  /**
   * The parameter for the binary column of encoded images.
   *
   * @return the parameter
   */
  public Param<String> inputCol() {
    return inputCol;
  }

  /**
   * The parameter for the new column of patch embeddings.
   *
   * @return the parameter
   */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * The parameter for the number of images that the backbone embeds at once.
   *
   * @return the parameter
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * The parameter for the name of the architecture, such as {@code resnet50}.
   *
   * @return the parameter
   */
  public Param<String> backbone() {
    return backbone;
  }

  /**
   * The parameter for the stages of the backbone whose outputs are concatenated.
   *
   * @return the parameter
   */
  public IntArrayParam layers() {
    return layers;
  }

  /**
   * The parameter for the side that images are resized to, in pixels.
   *
   * @return the parameter
   */
  public IntParam imageSize() {
    return imageSize;
  }

  /**
   * The parameter for the number of patches along each side.
   *
   * @return the parameter
   */
  public IntParam grid() {
    return grid;
  }

  /**
   * The parameter for the floating-point format of the backbone.
   *
   * @return the parameter
   */
  public Param<String> precision() {
    return precision;
  }

  /**
   * The parameter for where the weights come from.
   *
   * @return the parameter
   */
  public Param<String> weights() {
    return weights;
  }

  /**
   * The parameter for the SHA-256 that the weight file must have.
   *
   * @return the parameter
   */
  public Param<String> weightsSha256() {
    return weightsSha256;
  }

  /**
   * The parameter for the device that computes.
   *
   * @return the parameter
   */
  public Param<String> device() {
    return device;
  }

  /**
   * The parameter for how images that cannot be decoded are handled.
   *
   * @return the parameter
   */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /**
   * Sets the binary column of encoded images.
   *
   * @param value the name of the column
   * @return this stage
   */
  public PatchEmbedder setInputCol(String value) {
    return with(inputCol, value);
  }

  /**
   * Sets the new column of patch embeddings.
   *
   * @param value the name of the column
   * @return this stage
   */
  public PatchEmbedder setOutputCol(String value) {
    return with(outputCol, value);
  }

  /**
   * Sets the number of images that the backbone embeds at once.
   *
   * @param value at least 1
   * @return this stage
   */
  public PatchEmbedder setBatchSize(int value) {
    return with(batchSize, value);
  }

  /**
   * Sets the name of the architecture, such as {@code resnet50}.
   *
   * @param value {@code resnet18}, {@code resnet50}, {@code resnet50_v1} or {@code wide_resnet50_2}
   * @return this stage
   */
  public PatchEmbedder setBackbone(String value) {
    return with(backbone, value);
  }

  /**
   * Sets the stages of the backbone whose outputs are concatenated.
   *
   * @param value 1 to 4, ascending
   * @return this stage
   */
  public PatchEmbedder setLayers(int... value) {
    return with(layers, value);
  }

  /**
   * Sets the side that images are resized to, in pixels.
   *
   * @param value 32 to 2048
   * @return this stage
   */
  public PatchEmbedder setImageSize(int value) {
    return with(imageSize, value);
  }

  /**
   * Sets the number of patches along each side.
   *
   * @param value 1 to the image size
   * @return this stage
   */
  public PatchEmbedder setGrid(int value) {
    return with(grid, value);
  }

  /**
   * Sets the floating-point format of the backbone.
   *
   * @param value {@code fp32} or {@code fp16}
   * @return this stage
   */
  public PatchEmbedder setPrecision(String value) {
    return with(precision, value);
  }

  /**
   * Sets where the weights come from.
   *
   * @param value a path, a Hadoop URI, a URL, a name such as {@code torchvision:resnet50}, or
   *     {@code random:SEED}
   * @return this stage
   */
  public PatchEmbedder setWeights(String value) {
    return with(weights, value);
  }

  /**
   * Sets the SHA-256 that the weight file must have.
   *
   * @param value 64 hexadecimal digits
   * @return this stage
   */
  public PatchEmbedder setWeightsSha256(String value) {
    return with(weightsSha256, value);
  }

  /**
   * Sets the device that computes.
   *
   * @param value {@code auto}, {@code cpu} or {@code gpu}
   * @return this stage
   */
  public PatchEmbedder setDevice(String value) {
    return with(device, value);
  }

  /**
   * Sets how images that cannot be decoded are handled.
   *
   * @param value {@code error}, {@code skip} or {@code keep}
   * @return this stage
   */
  public PatchEmbedder setHandleInvalid(String value) {
    return with(handleInvalid, value);
  }

  private <T> PatchEmbedder with(Param<T> param, T value) {
    set(param, value);
    return this;
  }

  /**
   * The specification of the embeddings that these parameters describe.
   *
   * @return the specification
   */
  public EmbeddingSpec spec() {
    return new EmbeddingSpec(
        Architecture.parse(getOrDefault(backbone)),
        IntStream.of(getOrDefault(layers)).boxed().toList(),
        (int) getOrDefault(imageSize),
        (int) getOrDefault(grid),
        Precision.parse(getOrDefault(precision)));
  }

  /**
   * Loads the weights and builds the network that these parameters describe.
   *
   * @param spark the session whose Hadoop configuration resolves the location of the weights
   * @return the model
   * @throws InvalidInputException for parameters or weights that cannot be used
   */
  public BackboneModel backbone(SparkSession spark) {
    if (!isDefined(weights)) {
      throw new InvalidInputException("The embedder has no weights: set the parameter 'weights'.");
    }
    return BackboneModel.load(
        spec(),
        getOrDefault(weights),
        isDefined(weightsSha256) ? Optional.of(getOrDefault(weightsSha256)) : Optional.empty(),
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
    DeviceRequest request = DeviceRequest.parse(getOrDefault(device));
    Embedders.refuseIfUnusable(request);
    SparkSession spark = dataset.sparkSession();
    Broadcast<BackboneModel> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(backbone(spark));
    EmbedRows embed =
        new EmbedRows(
            broadcast,
            request,
            getOrDefault(inputCol),
            (int) getOrDefault(batchSize),
            InvalidImages.parse(getOrDefault(handleInvalid)));
    return dataset
        .toDF()
        .mapPartitions(
            embed,
            Encoders.tuple(
                Encoders.row(dataset.schema()), spark.implicits().newFloatArrayEncoder()))
        .select(functions.col("_1.*"), functions.col("_2").as(getOrDefault(outputCol), metadata()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if ((int) getOrDefault(batchSize) < 1) {
      throw new InvalidInputException(
          Text.format(
              "The batch size %s cannot be used: it must be at least 1.", getOrDefault(batchSize)));
    }
    String input = getOrDefault(inputCol);
    String output = getOrDefault(outputCol);
    if (!Arrays.asList(schema.fieldNames()).contains(input)) {
      throw new InvalidInputException(
          Text.format(
              "There is no column '%s' to embed; the columns are %s.",
              input, String.join(", ", schema.fieldNames())));
    }
    if (!schema.apply(input).dataType().equals(DataTypes.BinaryType)) {
      throw new InvalidInputException(
          Text.format(
              "The column '%s' is of type %s, and only binary columns of encoded images can be embedded.",
              input, schema.apply(input).dataType().simpleString()));
    }
    if (Arrays.asList(schema.fieldNames()).contains(output)) {
      throw new InvalidInputException(
          Text.format("There already is a column '%s': set another outputCol.", output));
    }
    return schema.add(
        new StructField(
            output, DataTypes.createArrayType(DataTypes.FloatType, false), true, metadata()));
  }

  @Override
  public PatchEmbedder copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  private Metadata metadata() {
    EmbeddingSpec spec = spec();
    Metadata shape =
        new MetadataBuilder()
            .putString("architecture", spec.architecture().id())
            .putLong("grid", spec.grid())
            .putLong("patches", spec.patches())
            .build();
    return PatchMetadata.withChannels(shape, spec.channels());
  }
}
