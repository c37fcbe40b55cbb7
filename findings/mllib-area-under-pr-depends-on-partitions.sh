#!/usr/bin/env bash
# MLlib's areaUnderPR of the same scores changes with the number of partitions.
#
# Versions    Spark MLlib 3.5.7 (Scala 2.12), BinaryClassificationEvaluator with its defaults; Java 17.
# Guess       One data set has one area under the precision-recall curve, however it is partitioned.
# Behaviour   With more distinct scores than numBins (1000 by default) the points of the curve are
#             thinned out. The points are grouped within each partition of the sorted scores, and every
#             partition keeps a rest: the more partitions, the more uneven the groups. 40,000 scores with
#             0.5 % positives, as pixels of defects are, differ in the third digit between 4 and 2,000
#             partitions. numBins = 0 keeps every point and is the same for all partitions (to rounding), but
#             is still not the step-wise average precision: it interpolates linearly between points.
# Output seen average precision, step-wise: 0.346853
#             partitions    1  numBins 1000  0.340006  numBins 0  0.344408
#             partitions    4  numBins 1000  0.340006  numBins 0  0.344408
#             partitions   50  numBins 1000  0.340009  numBins 0  0.344408
#             partitions  400  numBins 1000  0.337469  numBins 0  0.344408
#             partitions 2000  numBins 1000  0.333328  numBins 0  0.344408
#
# Needs JDK 17 and Maven. Exits with 0 while this holds, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>area-under-pr</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-mllib_2.12</artifactId>
      <version>3.5.7</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Curve.java <<'JAVA'
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

public class Curve {
  private static final int PIXELS = 40_000;
  private static final int POSITIVE_EVERY = 200;

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    Random random = new Random(7);
    double[] scores = new double[PIXELS];
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < PIXELS; i++) {
      boolean positive = i % POSITIVE_EVERY == 0;
      scores[i] = random.nextGaussian() + (positive ? 2.5 : 0);
      rows.add(RowFactory.create(scores[i], positive ? 1.0 : 0.0));
    }
    say("average precision, step-wise: %.6f", averagePrecision(scores));

    StructType schema =
        new StructType().add("score", DataTypes.DoubleType).add("label", DataTypes.DoubleType);
    double lowest = 1;
    double highest = 0;
    double lowestOfAll = 1;
    double highestOfAll = 0;
    for (int partitions : new int[] {1, 4, 50, 400, 2000}) {
      Dataset<Row> data = spark.createDataFrame(rows, schema).repartition(partitions);
      double binned = area(data, 1000);
      double all = area(data, 0);
      say("partitions %4d  numBins 1000  %.6f  numBins 0  %.6f", partitions, binned, all);
      lowest = Math.min(lowest, binned);
      highest = Math.max(highest, binned);
      lowestOfAll = Math.min(lowestOfAll, all);
      highestOfAll = Math.max(highestOfAll, all);
    }
    spark.stop();
    boolean holds =
        highest - lowest > 0.003
            && highestOfAll - lowestOfAll < 1e-9
            && averagePrecision(scores) - highestOfAll > 0.001;
    say(holds ? "As stated." : "This has CHANGED.");
    System.exit(holds ? 0 : 1);
  }

  private static double area(Dataset<Row> data, int bins) {
    return new BinaryClassificationEvaluator()
        .setRawPredictionCol("score")
        .setMetricName("areaUnderPR")
        .setNumBins(bins)
        .evaluate(data);
  }

  /** No score occurs twice. */
  private static double averagePrecision(double[] scores) {
    Integer[] order = new Integer[PIXELS];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (left, right) -> Double.compare(scores[right], scores[left]));
    double sum = 0;
    int found = 0;
    for (int rank = 0; rank < PIXELS; rank++) {
      if (order[rank] % POSITIVE_EVERY == 0) {
        found++;
        sum += (double) found / (rank + 1);
      }
    }
    return sum / (PIXELS / POSITIVE_EVERY);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
JAVA

mvn -q -B -Dmaven.repo.local="$work/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=classpath </dev/null

# Spark's list for JDK 17, as far as this program needs it.
opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action \
  sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
java "${opens[@]}" -cp "$(cat classpath)" Curve.java 2>log.txt || { status=$?; tail -n 20 log.txt >&2; exit "$status"; }
