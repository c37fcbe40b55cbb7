# Databricks notebook source
# MAGIC %md
# MAGIC # Two nights, and all nights, from PySpark
# MAGIC
# MAGIC The steps of `03-compare.scala` in Python: what became worse between two runs and how sure that is, and
# MAGIC all runs over time. `nightjar.py`, next to this notebook, calls the actions in Nightjar's jar.
# MAGIC
# MAGIC | step | | what comes out |
# MAGIC |---|---|---|
# MAGIC | 1 compare | `nightjar.compare` | a verdict for each category, and the gate |
# MAGIC | 2 figures | | differences with their intervals |
# MAGIC | 3 causes | | what the records of the two runs say differently |
# MAGIC | 4 images | | the images whose maps changed most |
# MAGIC | 5 history | `nightjar.history` | one page with all nights, and a table |
# MAGIC | 6 ask the table | SQL | any figure over time |
# MAGIC
# MAGIC It needs PySpark 3.5 with Scala 2.12 on Java 17, pandas, and Nightjar's jar on the class path. On Databricks the
# MAGIC cluster's access mode must be *dedicated*, since the actions use the `SparkContext`.
# MAGIC
# MAGIC ```
# MAGIC spark-submit --jars nightjar-spark3.5_2.12.jar --conf spark.nightjar.runs=/runs \
# MAGIC   --conf spark.nightjar.baseline=/runs/monday notebooks/03-compare.py
# MAGIC ```

# COMMAND ----------

# MAGIC %md
# MAGIC ## Parameters
# MAGIC
# MAGIC | name | |
# MAGIC |---|---|
# MAGIC | `runs` | the folder of all runs |
# MAGIC | `baseline` | the run to compare with |
# MAGIC | `candidate` | the run to compare; the newest of `runs` if empty |
# MAGIC | `tolerance` | the smallest difference of a figure that matters |
# MAGIC | `out` | a folder for comparison and history; it lies outside of `runs` |

# COMMAND ----------

import os

import pandas as pd
from pyspark.sql import SparkSession

import nightjar

spark = SparkSession.builder.getOrCreate()
pd.set_option("display.width", 160, "display.max_columns", 20, "display.max_rows", 200)

if "dbutils" in globals():
    for name, default in [
        ("runs", ""), ("baseline", ""), ("candidate", ""), ("tolerance", "0.005"),
        ("out", "/tmp/nightjar-compare"),
    ]:
        dbutils.widgets.text(name, default)
        spark.conf.set("spark.nightjar." + name, dbutils.widgets.get(name))


def parameter(name, default):
    exported = os.environ.get("NIGHTJAR_" + name.upper(), "")
    return spark.conf.get("spark.nightjar." + name, "") or exported or default


def show_page(path):
    """The page in the notebook, where there is one to show it in."""
    print(f"The page is {path}")
    if "displayHTML" in globals():
        displayHTML(spark.read.text(path, wholetext=True).first()[0])


runs = parameter("runs", "")
baseline = parameter("baseline", "")
candidate = parameter("candidate", runs + "/latest")
tolerance = float(parameter("tolerance", "0.005"))
out = parameter("out", "/tmp/nightjar-compare")

if not runs or not baseline:
    raise ValueError("Name the folder of all runs and the one to compare with: 'runs', 'baseline'.")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 1. Compare two nights
# MAGIC
# MAGIC The same test images are drawn for both nights, again and again. `same` is a claim that needs data, too:
# MAGIC the whole interval lies within the tolerance. What is neither proven different nor proven the same is
# MAGIC `inconclusive`. No Spark job runs.

# COMMAND ----------

comparison = nightjar.compare(
    spark, baseline, [candidate], tolerance=tolerance, out=out + "/comparison", overwrite=True
)

print(pd.DataFrame(comparison.verdicts())[["category", "verdict"]].to_string(index=False))
print(comparison.sentence)
show_page(out + "/comparison/compare.html")

# COMMAND ----------

# MAGIC %md
# MAGIC ## 2. Which figures, by how much, how sure
# MAGIC
# MAGIC `lower` and `upper` are the 95 % interval of the difference; `needed_images` is about how many test
# MAGIC images would decide an inconclusive one.

# COMMAND ----------

figures = pd.DataFrame(comparison.figures())
columns = ["category", "figure", "decides", "verdict", "baseline", "candidate", "difference", "lower", "upper"]

print(figures.sort_values(["decides", "category"], ascending=[False, True])[columns].to_string(index=False))

# COMMAND ----------

# MAGIC %md
# MAGIC ## 3. What was different that night
# MAGIC
# MAGIC What differs need not be the cause; where nothing differs, the cause lies in the images or the machine.

# COMMAND ----------

differs = pd.DataFrame(comparison.differs(), columns=["name", "baseline", "candidate"])

print(f"{len(differs)} settings differ")
print(differs.to_string(index=False))

# COMMAND ----------

# MAGIC %md
# MAGIC ## 4. Which images changed
# MAGIC
# MAGIC Of a defective image the number is the AUPRC over its own pixels, of any other the fraction of the
# MAGIC images of the other label that its score is on the right side of: 0 is worst, 1 is best.

# COMMAND ----------

images = pd.DataFrame(
    comparison.images(), columns=["category", "path", "measure", "baseline", "candidate", "change"]
)

print(images.sort_values("change").head(20).to_string(index=False))

# COMMAND ----------

# MAGIC %md
# MAGIC ## 5. All nights
# MAGIC
# MAGIC The history reads the records of all runs below the folder and marks where the level of a figure
# MAGIC changed, which nights are missing and which categories failed. Only new runs are read.

# COMMAND ----------

history = nightjar.history(spark, runs, out + "/history", tolerance=tolerance)

for note in history.notes:
    print(note)
for change in history.changes:
    print(
        f"{change['category']}, {change['figure']}: {change['before']:.4f} to {change['after']:.4f} "
        f"since {change['run']}; {'; '.join(change['differs'])}"
    )
show_page(history.page)

# COMMAND ----------

# MAGIC %md
# MAGIC ## 6. Ask the table
# MAGIC
# MAGIC A row for each category of each run, a column for each figure.

# COMMAND ----------

history.table.createOrReplaceTempView("nightjar_history")

spark.sql("""
  SELECT category, count(*) AS runs, count(failure) AS failed, round(min(pixel_auprc), 4) AS lowest,
         round(max_by(pixel_auprc, started), 4) AS newest
  FROM nightjar_history GROUP BY category ORDER BY category""").show(100, False)

# COMMAND ----------

# MAGIC %md
# MAGIC ## The gate
# MAGIC
# MAGIC The last cell fails where the candidate does not pass, so that a job that runs this notebook fails, too.

# COMMAND ----------

if not comparison.passed:
    raise AssertionError(comparison.sentence)
