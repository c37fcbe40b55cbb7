// Databricks notebook source
// MAGIC %md
// MAGIC # A memory bank from the first image to the first update
// MAGIC
// MAGIC A line is watched by a *memory bank*: what normal images of its product look like. This notebook
// MAGIC builds one, looks for odd images in it, scores the images of a day, asks whether the scores have
// MAGIC drifted, and adds new normal images as a second version.
// MAGIC
// MAGIC | step | action | what comes out |
// MAGIC |---|---|---|
// MAGIC | 1 build | `BuildBanks` | version 1 of the bank |
// MAGIC | 2 inspect | `InspectBanks` | verified files, the most isolated images |
// MAGIC | 3 score | `ScoreImages` | a score and a map for every image of the day |
// MAGIC | 4 drift | `DetectDrift` | whether the day's scores are still those of normal images |
// MAGIC | 5 update | `UpdateBanks` | version 2 of the bank, and the images that were held back |
// MAGIC | 6 both versions | `ScoreImages` | by how much the update moved the scores |
// MAGIC
// MAGIC Each action is a command too: `nightjar build-bank`, `inspect-bank`, `score`, `drift` and
// MAGIC `update-bank`. It needs Spark 3.5 on Java 17, and Nightjar's jar (`nightjar-*-spark3.5_2.12.jar`) on
// MAGIC the cluster. On Databricks the cluster's access mode must be *dedicated*, since the actions use the
// MAGIC `SparkContext`. In a plain `spark-shell`, give the parameters as `--conf spark.nightjar.normal=...` (or
// MAGIC in the environment, `NIGHTJAR_NORMAL=...`) and type `:load notebooks/02-banks.scala`.

// COMMAND ----------

// MAGIC %md
// MAGIC ## Parameters
// MAGIC
// MAGIC | name | |
// MAGIC |---|---|
// MAGIC | `normal` | normal images to build the bank of |
// MAGIC | `baseline` | other normal images, whose scores the day's are compared with |
// MAGIC | `today` | the images of the day |
// MAGIC | `fresh` | new normal images to add |
// MAGIC | `category` | what the images show; the bank's name |
// MAGIC | `weights` | the network's weights: a file, or a name such as `torchvision:resnet50` |
// MAGIC | `backbone` | the network that the weights belong to |
// MAGIC | `image_size`, `grid` | side of the image for the network, in pixels, and patches along it |
// MAGIC | `banks` | the folder of the banks; a bank that it already holds gets a new version |
// MAGIC | `out` | a folder for the scores and the report of drift; what it holds of them is replaced |
// MAGIC
// MAGIC Each place of images is a folder that they lie in, or a text file with their paths. All are on any file
// MAGIC system that Spark reaches: `s3://...`, `abfss://...`, `hdfs://...`, `/Volumes/...`.
// MAGIC Name folders that the whole cluster sees.

// COMMAND ----------

// MAGIC %python
// MAGIC for name, default in [
// MAGIC     ("normal", ""), ("baseline", ""), ("today", ""), ("fresh", ""), ("category", "bottle"),
// MAGIC     ("weights", "torchvision:resnet50"), ("backbone", "resnet50"), ("image_size", "224"),
// MAGIC     ("grid", "28"), ("banks", "/tmp/nightjar-banks"), ("out", "/tmp/nightjar-scores")]:
// MAGIC   dbutils.widgets.text(name, default)
// MAGIC   spark.conf.set("spark.nightjar." + name, dbutils.widgets.get(name))

// COMMAND ----------

def parameter(name: String, default: String): String = {
  val configured = spark.conf.getOption("spark.nightjar." + name)
  val exported = sys.env.get("NIGHTJAR_" + name.toUpperCase(java.util.Locale.ROOT))
  Seq(configured, exported).flatten.find(_.nonEmpty).getOrElse(default)
}

def place(name: String): String = {
  val location = parameter(name, "")
  require(location.nonEmpty, s"Name the images: set the parameter '$name'.")
  location
}

val normal = place("normal")
val baseline = place("baseline")
val today = place("today")
val fresh = place("fresh")
val category = parameter("category", "bottle")
val weights = parameter("weights", "torchvision:resnet50")
val backbone = parameter("backbone", "resnet50")
val imageSize = parameter("image_size", "224").toInt
val grid = parameter("grid", "28").toInt
val banks = parameter("banks", "/tmp/nightjar-banks")
val out = parameter("out", "/tmp/nightjar-scores")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 1. Build the bank
// MAGIC
// MAGIC The network embeds every normal image, principal components reduce the patches, and the executors
// MAGIC write them below `banks/<category>`. The bank appears with the last step: a build that fails leaves
// MAGIC what was there.
// MAGIC
// MAGIC `BankOptions.DEFAULT.withCoreset(...)`, given to `options`, keeps a subset of the patches. A file
// MAGIC that cannot be read is left out and named; more than one in a hundred fail the build.

// COMMAND ----------

import io.nightjar.backbone.PatchEmbedder
import io.nightjar.job.BuildBanks
import scala.collection.JavaConverters._
import spark.implicits._

val network = (new PatchEmbedder()
  .setBackbone(backbone)
  .setWeights(weights)
  .setImageSize(imageSize)
  .setGrid(grid)
  .backbone(spark))

val built = (new BuildBanks(spark)
  .data(normal)
  .categories(Seq(category).asJava)
  .backbone(network)
  .banks(banks)
  .overwrite(true)
  .execute())

require(built.complete, s"The bank was not built: ${built.failed}")
val firstBank = built.built.get(0)
val firstVersion = firstBank.manifest.version
val bank = s"$banks/$category"

println(s"$bank@$firstVersion: ${firstBank.summary}")
firstBank.quarantined.asScala.toSeq.foreach(file => println(s"left out: $file"))

// COMMAND ----------

// MAGIC %md
// MAGIC ## 2. Look for what should not be in it
// MAGIC
// MAGIC A defective image among the normal ones makes its defect normal. Each image is scored against the
// MAGIC bank without its own patches: those that are far from all others come first. Those beyond the limit
// MAGIC would be held back if they were new. Look at them; `UpdateBanks.remove` takes one out.
// MAGIC
// MAGIC `verify` reads all files of the bank and compares them with the hashes in its manifest.

// COMMAND ----------

import io.nightjar.job.{InspectBanks, UpdateBanks}

val inspected = (new InspectBanks(spark)
  .banks(bank)
  .verify(true)
  .contamination(UpdateBanks.DEFAULT_GUARD)
  .execute())

require(inspected.complete, s"The bank cannot be used: ${inspected.failed}")
println(inspected.inspected.get(0).summary)

val contamination = inspected.inspected.get(0).contamination.get
val isolated = (contamination.mostIsolated.asScala.toSeq
  .map(image => (image.path, image.novelty, image.novelty > contamination.limit)))

isolated.toDF("image", "novelty", "beyond the limit").show(10, false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## 3. Score the images of the day
// MAGIC
// MAGIC Each image gets the largest value of its anomaly map as its score. The five with the highest scores
// MAGIC are drawn in `out/today/pictures`; the table is stored there as `scores`, the maps as `maps`. The
// MAGIC other normal images are scored too: they say what scores mean.

// COMMAND ----------

import io.nightjar.job.ScoreImages

/** Scores images with a version of the bank; the results are in the folder. */
def score(images: String, version: Int, folder: String) = {
  val scored = (new ScoreImages(spark)
    .bank(s"$bank@$version")
    .data(images)
    .categories(Seq(category).asJava)
    .backbone(network)
    .out(folder)
    .overwrite(true)
    .visualizations(5)
    .execute())
  require(scored.complete, s"The images were not scored: ${scored.report.failed}")
  val result = scored.report.categories.get(0)
  result.quarantined.asScala.toSeq.foreach(file => println(s"left out: $file"))
  spark.read.parquet(folder + "/scores")
}

val usual = score(baseline, firstVersion, out + "/baseline")
val scores = score(today, firstVersion, out + "/today")

println(s"${scores.count()} images of the day, the most suspicious first:")
scores.select("path", "image_score", "map_max", "map_mean").orderBy($"image_score".desc).show(10, false)

// COMMAND ----------

// MAGIC %md
// MAGIC Which of them to look at is a question of how many alarms are wanted. A threshold above all scores of
// MAGIC other normal images is where many begin; one image more or less moves it, so take hundreds.

// COMMAND ----------

import org.apache.spark.sql.functions.{abs, avg, max}

val threshold = usual.agg(max("image_score")).head.getFloat(0)
val alarms = scores.filter($"image_score" > threshold)

println(s"${alarms.count()} of ${scores.count()} images score above $threshold, the highest of ${usual.count()} other normal images")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 4. Has the line drifted?
// MAGIC
// MAGIC Single high scores are defects. When *all* scores move, it is the light, the focus or the product,
// MAGIC and the bank no longer says what is normal. `DetectDrift` compares the day's scores with those of
// MAGIC the other normal images: the largest distance of each image (local changes) and the mean one (global
// MAGIC changes), by the population stability index and the test of Kolmogorov and Smirnov. It starts no
// MAGIC Spark job.

// COMMAND ----------

import io.nightjar.job.DetectDrift

val drift = (new DetectDrift(spark.sessionState.newHadoopConf())
  .bank(s"$bank@$firstVersion")
  .runs(Seq(out + "/today").asJava)
  .baseline(Seq(out + "/baseline").asJava)
  .out(out + "/drift")
  .overwrite(true)
  .execute())

val drifts = for {
  one <- drift.categories.asScala.toSeq
  run <- one.runs.asScala.toSeq
  (score, found) <- run.drifts.asScala.toSeq
} yield (one.category, score.key, found.images, found.median, found.psi.value, found.psiLimit, found.ks.pValue, found.drifted)

drifts.toDF("category", "distance", "images", "median", "PSI", "limit", "p-value", "drifted").show(false)
println(if (drift.drifted) "The scores have drifted." else "The scores have not drifted.")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 5. Add new normal images
// MAGIC
// MAGIC The update makes a new version, which shares the files of the one before. Images that the bank has
// MAGIC already are left out; images unlike its own are *held back* and drawn for a person, who names those
// MAGIC that are normal after all to `accept`. `keepLast(2000)` removes all but the newest images.
// MAGIC
// MAGIC The guard needs a bank of at least eight images; a smaller one is updated with
// MAGIC `guard(OptionalDouble.empty())`, which adds all.

// COMMAND ----------

val update = (new UpdateBanks(spark)
  .banks(bank)
  .data(fresh)
  .categories(Seq(category).asJava)
  .backbone(network)
  .execute())

require(update.complete, s"The bank was not updated: ${update.failed}")
val updated = update.updated.get(0)
val newVersion = updated.after.version

println(s"$bank@$newVersion: ${updated.summary}, ${updated.duplicates.size} duplicates")
updated.heldBack.asScala.toSeq.foreach { image =>
  println(s"held back: ${image.path}, novelty ${image.novelty}; see ${updated.review.get}/${image.visualization}")
}

// COMMAND ----------

// MAGIC %md
// MAGIC ## 6. What the update changed
// MAGIC
// MAGIC Older versions stay: `URI@1` is the first one. With more normal images the nearest patch is never
// MAGIC farther away, as long as the components are kept; scores fall. Scores of two versions are on two
// MAGIC scales, so score the baseline again before the next drift.

// COMMAND ----------

val after = score(today, newVersion, out + "/today-updated")
val moved = (scores
  .select($"path", $"image_score".as("before"))
  .join(after.select($"path", $"image_score".as("after")), "path")
  .withColumn("change", $"after" - $"before"))

println(s"The components were ${if (updated.refitted) "fitted again" else "kept"}; the images that moved most:")
moved.orderBy(abs($"change").desc).show(10, false)
println(s"mean change of the scores: ${moved.agg(avg("change")).head.getDouble(0)}")
