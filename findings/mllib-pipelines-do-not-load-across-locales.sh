#!/usr/bin/env bash
# A pipeline that MLlib saved in one locale does not load in a locale with other digits.
#
# Versions    Spark MLlib 3.5.7 (Scala 2.12); Java 17 with -Duser.language=ar -Duser.country=EG.
# Guess       Files are files: a PipelineModel that a job saved loads in any process that sees the folder.
# Behaviour   The folders of the stages are numbered with the digits of the JVM's default locale, when they are
#             written and again when they are read. A model saved under en-US has stages/0_...; under ar-EG the
#             reader looks for stages/٠_... and fails. Load and save under one locale, or set the same
#             -Duser.language on every driver.
# Output seen folders: 0_bucketizer
#             under en: loaded: stages 1
#             under ar-EG: fails: Input path does not exist: file:.../model/stages/٠_bucketizer/metadata
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
  <artifactId>pipeline-locale</artifactId>
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

cat >Stages.java <<'JAVA'
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.sql.SparkSession;

public class Stages {
  public static void main(String[] args) throws Exception {
    SparkSession spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate();
    spark.sparkContext().setLogLevel("OFF");
    String folder = args[1];
    if (args[0].equals("save")) {
      Bucketizer stage =
          new Bucketizer("bucketizer").setInputCol("id").setOutputCol("bucket").setSplits(new double[] {0, 1, 2});
      new Pipeline()
          .setStages(new PipelineStage[] {stage})
          .fit(spark.range(2).selectExpr("double(id) id"))
          .save(folder);
      System.out.println("saved under " + Locale.getDefault());
    } else {
      try {
        System.out.println("loaded: stages " + PipelineModel.load(folder).stages().length);
      } catch (Exception e) {
        System.out.println("fails: " + e.getMessage());
      }
    }
    spark.stop();
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
run() { java "${opens[@]}" -Dfile.encoding=UTF-8 -Dsun.jnu.encoding=UTF-8 "$1" "$2" -cp "$(cat classpath)" Stages.java "$3" "$work/model" 2>>log.txt; }

run -Duser.language=en -Duser.country=US save
echo "folders: $(ls model/stages)"
latin=$(run -Duser.language=en -Duser.country=US load)
arabic=$(run -Duser.language=ar -Duser.country=EG load)
echo "under en: $latin"
echo "under ar-EG: $arabic" | head -n 2
if [[ $latin == *"stages 1"* && $arabic == fails:* && $(ls model/stages) == 0_* ]]; then
  echo "As stated."
else
  echo "This has CHANGED."
  exit 1
fi
