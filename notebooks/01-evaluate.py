# Databricks notebook source
# MAGIC %md
# MAGIC # Finding defects with normal images alone, from PySpark
# MAGIC
# MAGIC The steps of `01-evaluate.scala` in Python: one category of a data set in MVTec AD's layout is
# MAGIC evaluated step by step, then in one call. The stages and actions are those of Nightjar's jar;
# MAGIC `nightjar.py`, next to this notebook, calls them.
# MAGIC
# MAGIC | step | what goes in | what comes out, for each image |
# MAGIC |---|---|---|
# MAGIC | 1 read | image files | the file's bytes |
# MAGIC | 2 embed, `PatchEmbedder` | bytes | 28 x 28 patches of 1792 numbers |
# MAGIC | 3 reduce, `PatchPca` | patches | the same patches, of a few hundred numbers |
# MAGIC | 4 compare, `PatchKnn` | reduced patches | 28 x 28 distances from what is normal |
# MAGIC | 5 keep | the three stages | one model, saved and loaded |
# MAGIC | 6 score | distances | the largest distance of each test image |
# MAGIC | 7 in one call | the data folder | every metric, maps, visualizations and a report |
# MAGIC | 8 the same? | both | the two ways next to each other |
# MAGIC
# MAGIC It needs PySpark 3.5 with Scala 2.12 on Java 17, and Nightjar's jar on the class path
# MAGIC (`nightjar-*-spark3.5_2.12.jar`). On Databricks, install the jar on a cluster whose access mode is *dedicated*:
# MAGIC the stages and actions use the `SparkContext`. Elsewhere:
# MAGIC
# MAGIC ```
# MAGIC spark-submit --jars nightjar-spark3.5_2.12.jar --conf spark.nightjar.data=/data/mvtec_ad notebooks/01-evaluate.py
# MAGIC ```

# COMMAND ----------

# MAGIC %md
# MAGIC ## Parameters
# MAGIC
# MAGIC | name | |
# MAGIC |---|---|
# MAGIC | `data` | the data set's folder: the one that holds `bottle`, `cable`, ... |
# MAGIC | `category` | the category to evaluate |
# MAGIC | `weights` | the network's weights: a file, or a name such as `torchvision:resnet50` |
# MAGIC | `backbone` | the network that the weights belong to |
# MAGIC | `image_size`, `grid` | side of the image for the network, in pixels, and patches along it |
# MAGIC | `out` | a folder for the saved model and the results; what it holds of them is replaced |
# MAGIC
# MAGIC They are widgets on Databricks, `spark.nightjar.data` and so on in the configuration of a session, or
# MAGIC `NIGHTJAR_DATA` and so on in the environment. Name folders that the whole cluster sees.

# COMMAND ----------

import os

from pyspark.sql import SparkSession

import nightjar

spark = SparkSession.builder.getOrCreate()

if "dbutils" in globals():
    for name, default in [
        ("data", ""), ("category", "bottle"), ("weights", "torchvision:resnet50"),
        ("backbone", "resnet50"), ("image_size", "224"), ("grid", "28"),
        ("out", "/tmp/nightjar-notebook"),
    ]:
        dbutils.widgets.text(name, default)
        spark.conf.set("spark.nightjar." + name, dbutils.widgets.get(name))


def parameter(name, default):
    exported = os.environ.get("NIGHTJAR_" + name.upper(), "")
    return spark.conf.get("spark.nightjar." + name, "") or exported or default


data = parameter("data", "")
category = parameter("category", "bottle")
weights = parameter("weights", "torchvision:resnet50")
backbone = parameter("backbone", "resnet50")
image_size = int(parameter("image_size", "224"))
grid = int(parameter("grid", "28"))
out = parameter("out", "/tmp/nightjar-notebook")

if not data:
    raise ValueError("Name the data set's folder: set the parameter 'data'.")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 1. Read the images
# MAGIC
# MAGIC Spark's own `binaryFile` source reads the files. The folder of a test image says what it shows: `good`,
# MAGIC or a type of defect.

# COMMAND ----------

def images(split):
    folder = f"{data}/{category}/{split}"
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder)
    return found.selectExpr(
        "regexp_extract(path, '(train|test)/.*$', 0) AS image",
        "element_at(split(path, '/'), -2) AS defect",
        "element_at(split(path, '/'), -2) != 'good' AS defective",
        "content",
    )


normal = images("train")
test = images("test")

print(f"{normal.count()} normal images to learn from")
test.groupBy("defect", "defective").count().orderBy("defective", "defect").show(100, False)

# COMMAND ----------

# MAGIC %md
# MAGIC ## 2. Embed: what each patch looks like
# MAGIC
# MAGIC Parameters of a stage are keyword arguments, named as its setters in snake_case. A name that it does not
# MAGIC have is refused, with the one that was probably meant. The embeddings are used twice and costly, so
# MAGIC they are kept.

# COMMAND ----------

embedder = nightjar.embedder(
    spark, input_col="content", output_col="patches", backbone=backbone, weights=weights,
    layers=[1, 2, 3], image_size=image_size, grid=grid,
)

normal_patches = embedder.transform(normal).drop("content").persist()

print(f"{normal_patches.count()} images embedded")
normal_patches.selectExpr("image", "size(patches) AS numbers").show(3, False)

# COMMAND ----------

# MAGIC %md
# MAGIC ## 3. Reduce: the directions in which normal patches differ
# MAGIC
# MAGIC `java` is the fitted stage in Java, with everything that its documentation says.

# COMMAND ----------

pca = nightjar.pca(spark, input_col="patches", output_col="components", variance=0.95).fit(normal_patches)

components = pca.java.principalComponents()
print(
    f"{components.count()} components keep {100 * components.explainedVarianceRatio():.2f} % "
    f"of the variance of {components.channels()} channels"
)

# COMMAND ----------

# MAGIC %md
# MAGIC ## 4. Compare: how far from anything normal
# MAGIC
# MAGIC The reduced patches of all normal images are the memory bank. A patch of a new image is as anomalous as
# MAGIC it is far from the nearest of them.

# COMMAND ----------

knn = nightjar.knn(spark, input_col="components", output_col="distances", k=1)
knn = knn.fit(pca.transform(normal_patches))

bank = knn.java.memoryBank()
print(f"The bank holds {bank.rows()} patches of {bank.dimension()} components")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 5. Keep the model: save and load

# COMMAND ----------

nightjar.pipeline(spark, embedder, pca, knn).fit(normal).save(out + "/model")
model = nightjar.load(spark, out + "/model")

print(f"Saved to {out}/model and loaded")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 6. Score the test images
# MAGIC
# MAGIC The largest distance of a patch is the simplest score of an image. The AUROC is the probability that a
# MAGIC defective image has a higher one than a good image; of equal scores, half counts.

# COMMAND ----------

scored = model.transform(test).drop("content").persist()
scores = scored.selectExpr("image", "defective", "array_max(distances) AS score")

print("The most suspicious images:")
scores.orderBy("score", ascending=False).show(10, False)

rows = scores.collect()
good = [row["score"] for row in rows if not row["defective"]]
defective = [row["score"] for row in rows if row["defective"]]
wins = sum((bad > one) + (bad == one) / 2 for bad in defective for one in good)
auroc = wins / (len(good) * len(defective))
print(f"AUROC of the largest distances {auroc:.4f}")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 7. In one call
# MAGIC
# MAGIC `nightjar.evaluate` is the job behind `nightjar evaluate`: the same steps for any number of categories at
# MAGIC once, and every metric by its stated definition. Options are keyword arguments, named as in
# MAGIC `run.json`. The report is `out/run/report.html`.

# COMMAND ----------

run = nightjar.evaluate(
    spark, data, out + "/run", weights=weights, backbone=backbone, image_size=image_size, grid=grid,
    categories=[category], visualizations=4, overwrite=True,
)

for failure in run.failed:
    print(f"{failure['category']} failed: {failure['reason']}")
run.metrics.selectExpr(
    "category", "pixel_auprc", "pixel_auroc", "aupro_0_30", "image_auroc", "components", "bank_rows"
).show(100, False)
print(f"The report is {run.out}/report.html")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 8. The same?
# MAGIC
# MAGIC The maps of the run are the distances of the pipeline. Not to the last bit: covariances are added up in
# MAGIC float32 and in other portions here than there. A relative difference above 0.0001 would be an error.

# COMMAND ----------

metrics = run.metrics.first()
both = run.maps.selectExpr("path AS image", "map").join(scored.select("image", "distances"), "image")
worst = both.selectExpr(
    "array_max(transform(arrays_zip(map, distances), x -> abs(x.map - x.distances) / x.map)) AS apart"
).selectExpr("count(*) AS images", "max(apart) AS apart").first()

print(f"components: step by step {components.count()}, in one call {metrics['components']}")
print(f"bank rows: step by step {bank.rows()}, in one call {metrics['bank_rows']}")
print(f"maps of {worst['images']} images: at most {worst['apart']:.2e} apart")
if components.count() != metrics["components"] or bank.rows() != metrics["bank_rows"]:
    raise AssertionError("The two ways disagree on the bank.")
if not worst["apart"] <= 1e-4:
    raise AssertionError("The two ways disagree on the maps.")
print("The two ways agree.")

# COMMAND ----------

# MAGIC %md
# MAGIC ## Clean up
# MAGIC
# MAGIC Frees what was kept on the executors. The model and the results stay in `out`.

# COMMAND ----------

normal_patches.unpersist()
scored.unpersist()
