// Databricks notebook source
// MAGIC %md
// MAGIC # Finding defects with normal images alone, step by step
// MAGIC
// MAGIC This notebook evaluates one category of a data set in MVTec AD's layout: one kind of product, with
// MAGIC images of good items to learn from (`train/good`), images to score (`test/good`,
// MAGIC `test/<defect>`) and a mask for each defect (`ground_truth/<defect>`).
// MAGIC
// MAGIC | step | what goes in | what comes out, for each image |
// MAGIC |---|---|---|
// MAGIC | 1 read | image files | the file's bytes |
// MAGIC | 2 embed, `PatchEmbedder` | bytes | 28 x 28 patches of 1792 numbers |
// MAGIC | 3 reduce, `PatchPca` | patches | the same patches, of a few hundred numbers |
// MAGIC | 4 compare, `PatchKnn` | reduced patches | 28 x 28 distances from what is normal |
// MAGIC | 5 keep | the three stages | one model, saved and loaded |
// MAGIC | 6 score | distances | an anomaly map of the image's size, and one score |
// MAGIC | 7 measure | maps and masks | AUPRC and AUROC of the category |
// MAGIC | 8 look | maps, images, masks | visualizations |
// MAGIC | 9 in one call | the data folder | the same figures by `EvaluateDataset` |
// MAGIC
// MAGIC It needs Spark 3.5 with Scala 2.12 on Java 17, and Nightjar's jar (`nightjar-*-spark3.5_2.12.jar`)
// MAGIC on the cluster. In a plain `spark-shell`, give the parameters as `--conf spark.nightjar.data=...`
// MAGIC (or in the environment, `NIGHTJAR_DATA=...`) and type `:load notebooks/01-evaluate.scala`.

// COMMAND ----------

// MAGIC %md
// MAGIC ## Parameters
// MAGIC
// MAGIC | name | |
// MAGIC |---|---|
// MAGIC | `data` | the data set's folder: the one that holds `bottle`, `cable`, ... |
// MAGIC | `category` | the category to evaluate |
// MAGIC | `weights` | the network's weights: a file, or a name such as `torchvision:resnet50` |
// MAGIC | `backbone` | the network that the weights belong to: `resnet18`, `resnet50`, `resnet50_v1`, `wide_resnet50_2` |
// MAGIC | `image_size` | side of the square that images are resized to for the network, in pixels |
// MAGIC | `grid` | patches along each side of an image |
// MAGIC | `out` | a folder for the saved model, the visualizations and the results; what it holds of them is replaced |
// MAGIC
// MAGIC On Databricks the cluster's access mode must be *dedicated*, since the notebook uses the `SparkContext` and
// MAGIC RDDs, and the parameters are the widgets above. Name folders that the whole cluster sees, such as
// MAGIC `/Volumes/...` or `s3://...`.

// COMMAND ----------

// MAGIC %python
// MAGIC for name, default in [
// MAGIC     ("data", ""), ("category", "bottle"), ("weights", "torchvision:resnet50"),
// MAGIC     ("backbone", "resnet50"), ("image_size", "224"), ("grid", "28"),
// MAGIC     ("out", "/tmp/nightjar-notebook")]:
// MAGIC   dbutils.widgets.text(name, default)
// MAGIC   spark.conf.set("spark.nightjar." + name, dbutils.widgets.get(name))

// COMMAND ----------

def parameter(name: String, default: String): String = {
  val configured = spark.conf.getOption("spark.nightjar." + name)
  val exported = sys.env.get("NIGHTJAR_" + name.toUpperCase(java.util.Locale.ROOT))
  Seq(configured, exported).flatten.find(_.nonEmpty).getOrElse(default)
}

val data = parameter("data", "")
val category = parameter("category", "bottle")
val weights = parameter("weights", "torchvision:resnet50")
val backbone = parameter("backbone", "resnet50")
val imageSize = parameter("image_size", "224").toInt
val grid = parameter("grid", "28").toInt
val out = parameter("out", "/tmp/nightjar-notebook")

require(data.nonEmpty, "Name the data set's folder: set the parameter 'data'.")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 1. Read the images
// MAGIC
// MAGIC `MvtecAdLayout` lists the category: which images there are, which of them show a defect, and where
// MAGIC its mask lies. Spark's own `binaryFile` source reads the files.
// MAGIC
// MAGIC **In:** the data folder. **Out:** a table with one row for each image: its path, its defect, whether
// MAGIC it is defective, the path of its mask (empty for good items), and its bytes (PNG, JPEG, BMP or
// MAGIC TIFF, as stored).

// COMMAND ----------

import io.nightjar.dataset.ImageRef
import io.nightjar.dataset.layout.MvtecAdLayout
import org.apache.hadoop.fs.Path
import org.apache.spark.sql.{DataFrame, Row}
import org.apache.spark.sql.functions.{array_max, array_min, col, max, min, size}
import org.apache.spark.storage.StorageLevel
import scala.collection.JavaConverters._
import spark.implicits._

def hadoop = spark.sparkContext.hadoopConfiguration

val catalogue = MvtecAdLayout.list(data, Seq(category).asJava, hadoop).get(0)

/** The files of the folders that these paths lie in: columns path and content. */
def files(paths: Seq[String]): DataFrame = {
  val folders = paths.map(path => new Path(path).getParent.toString).distinct
  spark.read.format("binaryFile").load(folders: _*).select("path", "content")
}

def images(refs: Seq[ImageRef]): DataFrame = {
  val rows = refs.map(ref => (ref.uri, ref.relativePath, ref.defect, ref.isDefective, ref.maskUri))
  val table = rows.toDF("path", "image", "defect", "defective", "maskPath")
  files(refs.map(_.uri)).join(table, "path").drop("path")
}

val normal = images(catalogue.train.asScala.toSeq)
val test = images(catalogue.test.asScala.toSeq)

println(s"${catalogue.train.size} normal images to learn from")
test.groupBy("defect", "defective").count().orderBy("defective", "defect").show(false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## 2. Embed: what each patch looks like
// MAGIC
// MAGIC A network that was trained to recognise a thousand kinds of things has learned to describe edges,
// MAGIC textures and parts. `PatchEmbedder` resizes each image to `image_size` pixels, runs the network up to
// MAGIC its third stage, and lays a grid over what the stages say: each cell, a *patch*, gets one long
// MAGIC list of numbers (its *embedding*, of so many *channels*). Nothing is trained here.
// MAGIC
// MAGIC **In:** an image's bytes. **Out:** `patches`, an array of `grid x grid x channels` float32
// MAGIC numbers without a unit, patch by patch, row by row from the top left. The column's metadata say
// MAGIC how many there are, so that the next stages need not be given it.
// MAGIC
// MAGIC The embeddings of the normal images are used twice, and embedding is the costly part: they are
// MAGIC kept on the executors' disks (5.6 MB for each image at the default sizes).

// COMMAND ----------

import io.nightjar.backbone.PatchEmbedder

val embedder = (new PatchEmbedder()
  .setInputCol("content")
  .setOutputCol("patches")
  .setBackbone(backbone)
  .setWeights(weights)
  .setLayers(1, 2, 3)
  .setImageSize(imageSize)
  .setGrid(grid))

val normalPatches = embedder.transform(normal).drop("content").persist(StorageLevel.DISK_ONLY)
val embeddedImages = normalPatches.count()

val shape = normalPatches.schema("patches").metadata
println(s"$embeddedImages images of ${shape.getLong("patches")} patches with ${shape.getLong("channels")} channels")
normalPatches.select(col("image"), size(col("patches")).as("numbers")).show(3, false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## 3. Reduce: the directions in which normal patches differ
// MAGIC
// MAGIC Most channels say nearly the same. Principal component analysis (PCA) finds the few directions
// MAGIC in which normal patches really differ; `PatchPca` keeps the fewest that together hold 95 % of
// MAGIC the variance, and the rest is dropped: the bank becomes smaller and the search faster.
// MAGIC
// MAGIC **In:** the normal patches. **Out:** a fitted stage; it writes each patch as so many
// MAGIC *components* instead of channels: an array of `grid x grid x components` float32 numbers.

// COMMAND ----------

import io.nightjar.pca.PatchPca
import io.nightjar.report.Numbers.fixed

val pca = (new PatchPca()
  .setInputCol("patches")
  .setOutputCol("components")
  .setVariance(0.95)
  .fit(normalPatches))

val components = pca.principalComponents
println(s"${components.count} components keep ${fixed(100 * components.explainedVarianceRatio, 2)} % of the variance of ${components.channels} channels")

val shares = components.eigenvalues.map(_ / components.totalVariance)
val together = shares.scanLeft(0.0)(_ + _).tail
val explained = for (i <- shares.indices) yield (i + 1, 100 * shares(i), 100 * together(i))
explained.toDF("component", "explained variance, %", "together, %").show(10, false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## 4. Compare: how far from anything normal
// MAGIC
// MAGIC The reduced patches of all normal images are the *memory bank*: all that a good item is known to
// MAGIC look like. A patch of a new image is compared with every one of them; its distance from the
// MAGIC nearest is how anomalous it is. `setK` takes the mean of the distances to the k nearest instead.
// MAGIC The search is exact.
// MAGIC
// MAGIC **In:** reduced patches. **Out:** `distances`, an array of `grid x grid` float32 numbers, 0 and
// MAGIC above; Euclidean distances between embeddings, so they compare patches of this model and have
// MAGIC no physical unit.

// COMMAND ----------

import io.nightjar.bank.PatchKnn

val knn = (new PatchKnn()
  .setInputCol("components")
  .setOutputCol("distances")
  .setK(1)
  .fit(pca.transform(normalPatches)))

println(s"The bank holds ${knn.memoryBank.rows} patches of ${knn.memoryBank.dimension} components")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 5. Keep the model: save and load
// MAGIC
// MAGIC The three stages make one Spark ML `PipelineModel`, from an image's bytes to its distances. They
// MAGIC are fitted already, so that this `fit` does no work. (`new Pipeline().setStages(...)` with the
// MAGIC unfitted stages gives the same model in one call, and embeds the normal images twice for it.)
// MAGIC What is saved is all that scoring needs but the network's weights, which are loaded from where
// MAGIC `weights` says.

// COMMAND ----------

import org.apache.spark.ml.{Pipeline, PipelineModel}

val fitted = new Pipeline().setStages(Array(embedder, pca, knn)).fit(normal)
fitted.write.overwrite().save(out + "/model")

val model = PipelineModel.load(out + "/model")
println(s"Saved to $out/model and loaded: " + model.stages.map(_.getClass.getSimpleName).mkString(" -> "))

// COMMAND ----------

// MAGIC %md
// MAGIC ## 6. Score the test images
// MAGIC
// MAGIC The model gives each test image its distances. Next to them is the image's mask, which only the
// MAGIC measuring uses.
// MAGIC
// MAGIC The grid of distances is brought to the size of the image bilinearly: the *anomaly map*, one
// MAGIC number for each pixel. Its largest value is the *image score*: a single patch that looks like
// MAGIC nothing normal makes an item suspicious.
// MAGIC
// MAGIC **In:** test images. **Out:** for each one a map of `width x height` float32 numbers, and a score.
// MAGIC
// MAGIC The next cell says how one image is scored. Its functions run on the executors, and Spark sends
// MAGIC along what they can see; so they are in a cell of their own, away from the models and tables, and
// MAGIC take what they need as arguments.

// COMMAND ----------

import io.nightjar.dataset.Mask
import io.nightjar.dataset.decode.ImageDecoder
import io.nightjar.metric.threshold.ScoreHistogram
import io.nightjar.report.visualization.{MaskView, Overlay, ScoreRange}
import io.nightjar.score.{AnomalyMap, ImageScore, Upsampling}

case class Scored(
    image: String,
    defective: Boolean,
    content: Array[Byte],
    mask: Array[Byte],
    distances: Array[Float])

def anomalyMap(scored: Scored, grid: Int): AnomalyMap =
  new AnomalyMap(scored.distances, grid, grid)

/** Where the item is defective, at the size of its image; nowhere if it is good. */
def truth(scored: Scored): Mask =
  if (scored.defective) {
    Mask.decode(scored.mask, "the mask of " + scored.image)
  } else {
    val pixels = ImageDecoder.dimensions(scored.content, scored.image)
    Mask.empty(pixels.width, pixels.height)
  }

/** The image, whether it is defective, and its score: the largest value of its anomaly map. */
def scoring(grid: Int): Scored => (String, Boolean, Float) = scored => {
  val pixels = ImageDecoder.dimensions(scored.content, scored.image)
  val score = ImageScore.of(anomalyMap(scored, grid), pixels.width, pixels.height)
  (scored.image, scored.defective, score)
}

/** Counts the pixels of one image, by score and by what the mask says, row by row of its map. */
def counting(grid: Int): (ScoreHistogram, Scored) => ScoreHistogram = (counts, scored) => {
  val mask = truth(scored)
  val row = new Array[Boolean](mask.width)
  Upsampling.rows(anomalyMap(scored, grid), mask.width, mask.height, (y, scores) => {
    mask.row(y, row)
    counts.addRow(scores, row, mask.width)
  })
  counts
}

/** Adds the counts of two sets of images. */
def merging: (ScoreHistogram, ScoreHistogram) => ScoreHistogram = (left, right) => {
  left.merge(right)
  left
}

/** The image's name and its visualization, a PNG. */
def drawing(grid: Int, range: ScoreRange): Scored => (String, Array[Byte]) = scored => {
  val decoded = ImageDecoder.decode(scored.content, scored.image)
  val map = Upsampling.full(anomalyMap(scored, grid), decoded.width, decoded.height)
  val mask = truth(scored)
  val outline = new MaskView(mask.width, mask.height, mask.get(_, _))
  (scored.image, Overlay.png(decoded, outline, map.values, range))
}

// COMMAND ----------

val withoutMask = catalogue.test.asScala.toSeq.filter(ref => ref.isDefective && !ref.hasMask)
require(withoutMask.isEmpty, s"Without a mask: ${withoutMask.map(_.relativePath).mkString(", ")}")

val maskPaths = catalogue.test.asScala.toSeq.filter(_.isDefective).map(_.maskUri)
val masks = files(maskPaths).toDF("maskPath", "mask")

val scored = (model
  .transform(test)
  .join(masks, Seq("maskPath"), "left")
  .select("image", "defective", "content", "mask", "distances")
  .as[Scored]
  .persist(StorageLevel.DISK_ONLY))

println(s"${scored.count()} test images scored")

// COMMAND ----------

val imageScores = scored.rdd.map(scoring(grid)).collect().sortBy { case (_, _, score) => -score }

println("The most suspicious images:")
imageScores.toSeq.toDF("image", "defective", "score").show(10, false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## 7. Measure: do the maps find the defects?
// MAGIC
// MAGIC A threshold on the maps calls every pixel above it defective. *Precision* is the share of these
// MAGIC that the masks call defective too; *recall* is the share of the masks' pixels that are found. Over
// MAGIC all thresholds they make a curve, and the area under it, **AUPRC**, says how well maps and masks
// MAGIC agree: 1 is perfect, and guessing gets the share of defective pixels (printed below). **AUROC**
// MAGIC is the probability that a defective pixel scores higher than a good one: 0.5 for guessing. It
// MAGIC forgives false alarms where defects are small, so look at AUPRC first.
// MAGIC
// MAGIC **In:** all pixels of all test images, as counts of scores in a `ScoreHistogram` that Spark adds
// MAGIC up. **Out:** one figure of each kind for the category, without a unit.

// COMMAND ----------

import io.nightjar.metric.threshold.RankMetrics

val counts = scored.rdd.treeAggregate(new ScoreHistogram)(counting(grid), merging)
val pixels = counts.metrics
val imageAuroc = RankMetrics.auroc(imageScores.map(_._3), imageScores.map(_._2))

println(s"defective pixels ${fixed(100.0 * pixels.positives / pixels.pixels, 2)} % of ${pixels.pixels}")
println(s"pixel AUPRC ${fixed(pixels.auprc.getAsDouble, 4)}")
println(s"pixel AUROC ${fixed(pixels.auroc.getAsDouble, 4)}")
println(s"image AUROC ${fixed(imageAuroc.getAsDouble, 4)}")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 8. Look at the maps
// MAGIC
// MAGIC For the four most suspicious defective items and the two most suspicious good ones (the false alarms
// MAGIC to expect first): the image, the image with the outline of its mask, and the map over both. Blue is
// MAGIC the lowest distance of the category, red the highest; one scale for all visualizations.

// COMMAND ----------

import java.nio.charset.StandardCharsets.UTF_8
import java.util.Base64
import org.apache.commons.text.StringEscapeUtils.escapeHtml4

/** The visualizations as one page without other files, the highest score first. */
def page(chosen: Seq[(String, Boolean, Float)], range: ScoreRange): String = {
  val drawn = scored
    .filter(col("image").isin(chosen.map(_._1): _*))
    .rdd
    .map(drawing(grid, range))
    .collectAsMap()
  val figures = chosen.map { case (image, defective, score) =>
    val png = Base64.getEncoder.encodeToString(drawn(image))
    val truth = if (defective) "defective" else "good"
    s"""<figure><img style="max-width:100%" src="data:image/png;base64,$png">
       |<figcaption>${escapeHtml4(image)}: $truth, score ${fixed(score, 3)}</figcaption></figure>""".stripMargin
  }
  s"""<!DOCTYPE html>
     |<html><head><meta charset="utf-8"><title>${escapeHtml4(category)}</title></head>
     |<body>${figures.mkString("\n")}</body></html>""".stripMargin
}

def write(text: String, file: Path): Unit = {
  val stream = file.getFileSystem(hadoop).create(file, true)
  try stream.write(text.getBytes(UTF_8)) finally stream.close()
}

val Row(lowest: Float, highest: Float) =
  scored.select(min(array_min(col("distances"))), max(array_max(col("distances")))).head
val (defectiveItems, goodItems) = imageScores.toSeq.partition(_._2)
val visualizations = new Path(out, "visualizations.html")

write(page(defectiveItems.take(4) ++ goodItems.take(2), new ScoreRange(lowest, highest)), visualizations)
spark.conf.set("spark.nightjar.visualizations", visualizations.toString)
println(s"The visualizations are in $visualizations")

// COMMAND ----------

// MAGIC %python
// MAGIC displayHTML(spark.read.text(spark.conf.get("spark.nightjar.visualizations"), wholetext=True).first()[0])

// COMMAND ----------

// MAGIC %md
// MAGIC ## 9. The same in one call
// MAGIC
// MAGIC `EvaluateDataset` is the job behind `nightjar evaluate`: the same steps for any number of categories
// MAGIC at once, with defective files set aside, and a report in `out/run/report.html`.
// MAGIC
// MAGIC It must find the same. Not to the last bit: the covariances of the normal patches are added up
// MAGIC in float32 and in other portions here than there (Spark's partitions here, portions of 32 images there), and
// MAGIC sums of rounded numbers depend on their order. A difference above 0.0001 would be an error.

// COMMAND ----------

import io.nightjar.job.EvaluateDataset

val evaluation = (new EvaluateDataset(spark)
  .data(data)
  .categories(Seq(category).asJava)
  .backbone(embedder.backbone(spark))
  .out(out + "/run")
  .overwrite(true)
  .execute())

require(evaluation.complete, evaluation.report.failed.toString)
val inOneCall = evaluation.report.categories.get(0)

val agreement = Seq(
  ("components", components.count.toDouble, inOneCall.components.toDouble),
  ("bank rows", knn.memoryBank.rows.toDouble, inOneCall.bankRows.toDouble),
  ("pixel AUPRC", pixels.auprc.getAsDouble, inOneCall.pixelAuprc.get),
  ("pixel AUROC", pixels.auroc.getAsDouble, inOneCall.pixelAuroc.get),
  ("image AUROC", imageAuroc.getAsDouble, inOneCall.imageAuroc.get))

agreement.foreach { case (figure, stepByStep, oneCall) =>
  println(s"$figure: step by step $stepByStep, in one call $oneCall")
  require(math.abs(stepByStep - oneCall) <= 1e-4, s"The two ways disagree on the $figure.")
}
println("The two ways agree.")

// COMMAND ----------

// MAGIC %md
// MAGIC ## Clean up
// MAGIC
// MAGIC Frees what was kept on the executors. The model, the visualizations and the results stay in `out`.

// COMMAND ----------

import io.nightjar.bank.PatchKnnModel

normalPatches.unpersist()
scored.unpersist()
model.stages.last.asInstanceOf[PatchKnnModel].release()
