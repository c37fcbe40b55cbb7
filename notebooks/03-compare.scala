// Databricks notebook source
// MAGIC %md
// MAGIC # Two nights, and all nights
// MAGIC
// MAGIC Every night is an evaluation in a folder of its own. This notebook says what became worse between
// MAGIC two of them and how sure that is, and then shows all nights over time.
// MAGIC
// MAGIC | step | action | what comes out |
// MAGIC |---|---|---|
// MAGIC | 1 compare | `CompareRuns` | a verdict for each category, and the gate |
// MAGIC | 2 figures | | differences with their intervals, as a table and a chart |
// MAGIC | 3 causes | | what the records of the two runs say differently |
// MAGIC | 4 images | | the images whose maps changed most |
// MAGIC | 5 history | `TrackRuns` | one page with all nights, and a table |
// MAGIC | 6 ask the table | SQL | any figure over time |
// MAGIC
// MAGIC The commands are `nightjar compare` and `nightjar history`. It needs Spark 3.5 on Java 17, and
// MAGIC Nightjar's jar (`nightjar-*-spark3.5_2.12.jar`) on the cluster. On Databricks the cluster's access mode must
// MAGIC be *dedicated*, since the actions use the `SparkContext`. In a plain `spark-shell`, give the
// MAGIC parameters as `--conf spark.nightjar.runs=...` (or in the environment, `NIGHTJAR_RUNS=...`) and type
// MAGIC `:load notebooks/03-compare.scala`.

// COMMAND ----------

// MAGIC %md
// MAGIC ## Parameters
// MAGIC
// MAGIC | name | |
// MAGIC |---|---|
// MAGIC | `runs` | the folder of all runs |
// MAGIC | `baseline` | the run to compare with |
// MAGIC | `candidate` | the run to compare; the newest of `runs` if empty |
// MAGIC | `tolerance` | the smallest difference of a figure that matters |
// MAGIC | `out` | a folder for comparison, charts and history; it lies outside of `runs` |

// COMMAND ----------

// MAGIC %python
// MAGIC for name, default in [
// MAGIC     ("runs", ""), ("baseline", ""), ("candidate", ""), ("tolerance", "0.005"),
// MAGIC     ("out", "/tmp/nightjar-compare")]:
// MAGIC   dbutils.widgets.text(name, default)
// MAGIC   spark.conf.set("spark.nightjar." + name, dbutils.widgets.get(name))

// COMMAND ----------

def parameter(name: String, default: String): String = {
  val configured = spark.conf.getOption("spark.nightjar." + name)
  val exported = sys.env.get("NIGHTJAR_" + name.toUpperCase(java.util.Locale.ROOT))
  Seq(configured, exported).flatten.find(_.nonEmpty).getOrElse(default)
}

val runs = parameter("runs", "")
val baseline = parameter("baseline", "")
val candidate = parameter("candidate", runs + "/latest")
val tolerance = parameter("tolerance", "0.005").toDouble
val out = parameter("out", "/tmp/nightjar-compare")

require(runs.nonEmpty, "Name the folder of all runs: set the parameter 'runs'.")
require(baseline.nonEmpty, "Name the run to compare with: set the parameter 'baseline'.")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 1. Compare two nights
// MAGIC
// MAGIC The same test images are drawn for both nights, again and again: images that are difficult for one
// MAGIC are difficult for the other, so that far smaller differences are seen than two separate intervals
// MAGIC would show. No map is measured again, and no Spark job runs.
// MAGIC
// MAGIC `same` is a claim that needs data, too: the whole interval lies within the tolerance. What is neither
// MAGIC proven different nor proven the same is `inconclusive`.

// COMMAND ----------

import io.nightjar.job.CompareRuns
import io.nightjar.report.comparison.ComparisonOptions
import scala.collection.JavaConverters._
import spark.implicits._

def hadoop = spark.sessionState.newHadoopConf()

val defaults = ComparisonOptions.DEFAULT
val options = new ComparisonOptions(
  tolerance, defaults.alpha, defaults.resamples, defaults.seed, defaults.figures, defaults.allow)

val report = (new CompareRuns(hadoop)
  .baseline(baseline)
  .candidates(Seq(candidate).asJava)
  .options(options)
  .out(out + "/comparison")
  .overwrite(true)
  .execute())

val nights = report.comparisons.get(0)
val categories = nights.categories.asScala.toSeq

(categories
  .map(one => (one.category, one.verdict.word, one.notes.asScala.toSeq.mkString(" ")))
  .toDF("category", "verdict", "notes")
  .show(100, false))
println(report.sentence)
println(s"The whole comparison is in $out/comparison/compare.html")

// COMMAND ----------

// MAGIC %md
// MAGIC ## 2. Which figures, by how much, how sure
// MAGIC
// MAGIC A row is a figure of a category in both nights. `lower` and `upper` are the 95 % interval of the
// MAGIC difference; `images` is about how many test images would decide an inconclusive one. The figures
// MAGIC that decide on the category's verdict come first.

// COMMAND ----------

def number(value: java.util.OptionalDouble): Option[Double] =
  if (value.isPresent) Some(value.getAsDouble) else None

val figures = for {
  one <- categories
  figure <- one.figures.asScala.toSeq
} yield {
  val test = Option(figure.test.orElse(null))
  val needed = figure.neededImages
  (one.category, figure.figure.key, figure.decides, figure.verdict.word,
    number(figure.baseline), number(figure.candidate), number(figure.difference),
    test.map(_.lower), test.map(_.upper), if (needed.isPresent) Some(needed.getAsLong) else None)
}

val table = figures.toDF("category", "figure", "decides", "verdict", "baseline", "candidate",
  "difference", "lower", "upper", "images")

table.orderBy($"decides".desc, $"category", $"figure").show(200, false)

// COMMAND ----------

// MAGIC %md
// MAGIC The same for the deciding figures as a chart: a line is an interval, the band is the tolerance. Wholly
// MAGIC in the band is `same`; wholly on one side of 0, different.

// COMMAND ----------

import java.nio.charset.StandardCharsets.UTF_8
import org.apache.commons.text.StringEscapeUtils.escapeHtml4
import org.apache.hadoop.fs.Path

case class Line(label: String, verdict: String, difference: Double, lower: Double, upper: Double)

/** In the digits 0 to 9, whatever the language of the machine. */
def signed(difference: Double): String = "%+.4f".formatLocal(java.util.Locale.ROOT, difference)

def chart(lines: Seq[Line], tolerance: Double): String = {
  val reach = (lines.flatMap(line => Seq(line.lower, line.upper)).map(math.abs) :+ tolerance).max * 1.1
  def x(value: Double): Long = math.round(500 + 240 * value / reach)
  val rows = lines.zipWithIndex.map { case (line, i) =>
    val y = 30 + 24 * i
    s"""<text x="8" y="${y + 4}">${escapeHtml4(line.label)}</text>
       |<path d="M${x(line.lower)} $y H${x(line.upper)}" stroke="#234" stroke-width="2"/>
       |<circle cx="${x(line.difference)}" cy="$y" r="4" fill="#234"><title>${signed(line.difference)}</title></circle>
       |<text x="760" y="${y + 4}">${line.verdict}</text>""".stripMargin
  }
  val height = 40 + 24 * lines.size
  s"""<!DOCTYPE html>
     |<html><head><meta charset="utf-8"><title>Differences</title></head><body>
     |<svg viewBox="0 0 860 $height" width="860" font-family="sans-serif" font-size="13">
     |<rect x="${x(-tolerance)}" y="10" width="${x(tolerance) - x(-tolerance)}" height="${height - 20}" fill="#dde6ee"/>
     |<path d="M500 10 V${height - 10}" stroke="#789" stroke-dasharray="3 3"/>
     |${rows.mkString("\n")}
     |</svg></body></html>""".stripMargin
}

def write(text: String, file: Path): Unit = {
  val stream = file.getFileSystem(hadoop).create(file, true)
  try stream.write(text.getBytes(UTF_8)) finally stream.close()
}

val lines = figures.collect {
  case (category, figure, true, verdict, _, _, Some(difference), Some(lower), Some(upper), _) =>
    Line(s"$category, $figure", verdict, difference, lower, upper)
}
val differences = new Path(out, "differences.html")

write(chart(lines, tolerance), differences)
spark.conf.set("spark.nightjar.differences", differences.toString)
println(s"${lines.size} intervals are drawn in $differences")

// COMMAND ----------

// MAGIC %python
// MAGIC displayHTML(spark.read.text(spark.conf.get("spark.nightjar.differences"), wholetext=True).first()[0])

// COMMAND ----------

// MAGIC %md
// MAGIC ## 3. What was different that night
// MAGIC
// MAGIC Options, weights, versions and the place of the data, as far as the records of the two runs differ.
// MAGIC What differs need not be the cause; where nothing differs, the cause lies in the images or the
// MAGIC machine.

// COMMAND ----------

val settings = nights.differs.asScala.toSeq.map(one => (one.name, one.baseline, one.candidate))

println(s"${settings.size} settings differ")
settings.toDF("setting", "baseline", "candidate").show(100, false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## 4. Which images changed
// MAGIC
// MAGIC Of a defective image the number is the AUPRC over its own pixels, of any other the fraction of the
// MAGIC images of the other label that its score is on the right side of: 0 is worst, 1 is best. The maps of
// MAGIC both nights are next to each other in `compare.html`.

// COMMAND ----------

val images = for {
  one <- categories
  image <- one.changes.asScala.toSeq
} yield (one.category, image.pair.candidate.path, image.measure, image.baseline, image.candidate, image.change)

(images
  .toDF("category", "image", "measure", "baseline", "candidate", "change")
  .orderBy("change")
  .show(20, false))

// COMMAND ----------

// MAGIC %md
// MAGIC ## 5. All nights
// MAGIC
// MAGIC `TrackRuns` reads the records of all runs below the folder and marks where the level of a figure
// MAGIC changed, which nights are missing and which categories failed. Run it again after each night: only
// MAGIC new runs are read.

// COMMAND ----------

import io.nightjar.job.TrackRuns

val history = new TrackRuns(spark).runs(runs).out(out + "/history").execute()
val set = history.dataSets.get(0)

val changes = for {
  series <- set.series.asScala.toSeq
  change <- series.changes.asScala.toSeq
} yield (series.category, series.figure.key, set.runs.get(change.run).name,
  change.before, change.after, change.isWorse, set.causes(series, change).asScala.toSeq.mkString("; "))

println(s"${history.size} runs, ${history.fresh.size} of them read now")
history.passedOver.asScala.toSeq.foreach(println)
changes.toDF("category", "figure", "since the run", "before", "after", "worse", "what differs").show(50, false)

// COMMAND ----------

// MAGIC %md
// MAGIC The page has a line for each category, with the intervals of the single runs.

// COMMAND ----------

spark.conf.set("spark.nightjar.history", out + "/history/history.html")
println(s"The history is in $out/history/history.html")

// COMMAND ----------

// MAGIC %python
// MAGIC displayHTML(spark.read.text(spark.conf.get("spark.nightjar.history"), wholetext=True).first()[0])

// COMMAND ----------

// MAGIC %md
// MAGIC ## 6. Ask the table
// MAGIC
// MAGIC The history is a table as well, with a row for each category of each run and a column for each
// MAGIC figure: for `display`, for a dashboard, for anything that speaks SQL.

// COMMAND ----------

spark.read.parquet(out + "/history/history").createOrReplaceTempView("nightjar_history")

spark.sql("""
  SELECT category, count(*) AS runs, count(failure) AS failed, round(min(pixel_auprc), 4) AS lowest,
         round(max_by(pixel_auprc, started), 4) AS newest, round(avg(seconds), 1) AS seconds
  FROM nightjar_history GROUP BY category ORDER BY category""").show(100, false)

val overTime = spark.sql("SELECT started, category, pixel_auprc FROM nightjar_history ORDER BY started, category")
overTime.show(100, false)

// COMMAND ----------

// MAGIC %md
// MAGIC ## The gate
// MAGIC
// MAGIC The last cell fails where the candidate does not pass, so that a job that runs this notebook fails,
// MAGIC too. Leave it out where a person reads the result.

// COMMAND ----------

require(report.passed, report.sentence)
